#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Neither a lease nor a FIFO blocks the program forever.
# shellcheck disable=SC2016,SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay

setup_file() { stack_file ext4 xfs; }

teardown() {
	[ -z "${holder-}" ] || kill "$holder" || :
	lab_cleanup
}

# lease_is_kept: whether the process holder still has its lease, which nothing has asked it for.
lease_is_kept() {
	grep -Eq "LEASE +ACTIVE +READ +$holder " /proc/locks
}

@test "a lease that another process holds is not broken by a copy-up" {
	file_make "$low/file" "$SIZE"
	stack metacopy=off
	hold_lease "$merged/file"
	ovl_cp "$merged/file" "$merged/copy"
	assert_cloned file copy
	lease_is_kept
}

@test "where a copy-up would break a lease there is none" {
	requires strace
	file_make "$low/file" "$SIZE"
	stack metacopy=on
	hold_lease "$merged/file"
	falls_back "$merged/file" file 'another process holds a lease on it'
	ovl_cp --explain "$merged/file" "$merged/new"
	assert_output --partial 'another process holds a lease on it'
	lease_is_kept
	: # not seen in /proc: the open does not wait
	run strace -f -o "$BATS_TEST_TMPDIR/trace" -P /proc/locks -e inject=open,openat:error=ENOENT \
		"$OVL_CP" --copy-up=always --debug "$merged/file" "$merged/blind"
	assert_success
	grep -q INJECTED "$BATS_TEST_TMPDIR/trace" || fail "the leases were not looked at: $output"
	cmp "$merged/file" "$merged/blind"
	assert_not_copied_up file
}

@test "watchers of the source see no write" {
	requires python3
	file_make "$low/file" "$SIZE"
	stack metacopy=off
	run python3 - "$merged/file" "$OVL_CP" "$merged/file" "$merged/copy" <<-'END'
		import ctypes, os, struct, subprocess, sys
		libc = ctypes.CDLL(None, use_errno=True)
		fd = libc.inotify_init1(os.O_NONBLOCK)
		# IN_MODIFY, IN_ATTRIB, IN_CLOSE_WRITE
		libc.inotify_add_watch(fd, sys.argv[1].encode(), 0x2 | 0x4 | 0x8)
		subprocess.run(sys.argv[2:], check=True)
		try:
		    data = os.read(fd, 4096)
		except BlockingIOError:
		    data = b""
		print("events:", [hex(struct.unpack_from("iI", data, i)[1]) for i in range(0, len(data), 16)])
	END
	assert_output 'events: []'
	assert_cloned file copy
}

@test "a FIFO whose writer comes and goes is read" {
	mkfifo "$low/fifo"
	stack
	for i in {1..50}; do
		timeout 60 sh -c 'echo "$1" >"$2"' - "$i" "$merged/fifo" 3>&- &
		run timeout 60 "$OVL_CP" --copy-up=always "$merged/fifo" "$merged/copy"
		assert_success
		wait $!
		assert_equal "$(<"$merged/copy")" "$i"
	done
	assert_not_copied_up fifo
}
