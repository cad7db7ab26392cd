#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --remember: a look-up that fails is no proof. Each call of a recall fails in turn.
# shellcheck disable=SC2030,SC2031,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/remember

setup_file() { stack_file ext4 xfs reflink:xfs strace; }

# fails CALL ERRNO: for N = 1, 2 ... until the call is not made so often: the Nth CALL fails while a
# copy is recalled; the copy is right, or is not there and the exit status says so.
fails() {
	local n status
	export OVL_CP_COPY_UP=never
	for ((n = 1; ; n++)); do
		rm -f "$merged/new"
		status=0
		strace -f -o trace -e trace="$1" -e "inject=$1:error=$2:when=$n" \
			"$OVL_CP" --remember="$records" "$merged/file" "$merged/new" 2>errors || status=$?
		grep -q INJECTED trace || break
		if [ "$status" = 0 ]; then
			cmp "$low/file" "$merged/new" || fail "$1 $n $2: the copy is wrong"
		else
			assert_not_exists "$merged/new"
			[ -s errors ] || fail "$1 $n $2: no message"
		fi
	done
	[ "$n" -gt 1 ] || fail "$1 is not made at all"
}

@test "every call that a recall makes may fail, and no copy is wrong" {
	a_file
	cd "$BATS_TEST_TMPDIR"
	copies "$merged/file" "$merged/1"
	for call in readlinkat openat ioctl; do
		fails "$call" EIO
		fails "$call" ENOMEM
	done
	for call in fstat,newfstatat,statx pread64 fcntl fstatfs; do
		fails "$call" EIO
	done
	assert_recalled "$merged/file" "$merged/2"
}

@test "a copy that cannot be cloned makes no copy fail" {
	a_file
	export OVL_CP_COPY_UP=never
	copies "$merged/file" "$merged/1"
	for error in EIO ENOSPC EDQUOT ENOMEM EPERM; do
		rm -f "$merged/2"
		# the first clone is tried from the source, the second one is a probe
		run strace -f -o "$BATS_TEST_TMPDIR/trace" -e trace=ioctl -e "inject=ioctl:error=$error:when=3" \
			"$OVL_CP" --remember="$records" "$merged/file" "$merged/2"
		assert_success
		assert_output ''
		grep -q 'FICLONE.*INJECTED' "$BATS_TEST_TMPDIR/trace"
		cmp "$low/file" "$merged/2"
		rm -rf "$records" "$merged/1"
		copies "$merged/file" "$merged/1"
	done
}

@test "every call that recording makes may fail, and no copy is wrong" {
	a_file
	cd "$BATS_TEST_TMPDIR"
	for call in readlinkat fcntl inotify_init1 inotify_add_watch mkdirat write pwrite64; do
		rm -rf "$records"
		fails "$call" EACCES
	done
	rm -rf "$records"
	copies "$merged/file" "$merged/1"
	assert_recalled "$merged/file" "$merged/2"
}
