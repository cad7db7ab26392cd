#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# -j: what ends the copy of a file by two threads: its source, the disk, an error, a signal.
# needs: images
# shellcheck disable=SC2154 # variables of the fixtures

load ../../fixtures/common
load ../../fixtures/cp
load ../../fixtures/split

@test "a source that becomes shorter meanwhile gives what it had or has, without an error" {
	for to in 1 9 17; do
		rm -f "$ext4/short" "$xfs/new" && cp "$ext4/big" "$ext4/short"
		strace -f -qq -o trace -e trace=pread64 -e inject=pread64:delay_enter=100000 \
			"$OVL_CP" -j2 "$ext4/short" "$xfs/new" 3>&- &
		copy=$!
		until_true grep -q "pread64.*, $((4 * MIB + 262144)))" trace
		truncate -s $((to * MIB + 5)) "$ext4/short"
		wait "$copy"
		beginning "$ext4/big" "$xfs/new"
		[ "$(stat -c %s "$xfs/new")" -ge $((to * MIB + 5)) ] || fail 'too short'
		[ "$(stat -c %s "$xfs/new")" -lt $((24 * MIB)) ] || fail 'it did not end early'
	done
}

@test "a disk that becomes full is an error: a new file is removed, an existing one is a beginning" {
	fs_make ext4 "$BATS_TEST_TMPDIR/tiny" 24
	ovl_cp -j2 "$ext4/big" tiny/new
	assert_failure 1
	assert_output "ovl-cp: error writing 'tiny/new': No space left on device"
	assert_not_exists tiny/new
	echo old >tiny/old
	ovl_cp -j2 "$ext4/big" tiny/old
	assert_failure 1
	beginning "$ext4/big" tiny/old
	umount tiny
}

@test "an error of one thread ends both, and is told once" {
	local call
	for call in pread64 pwrite64; do
		rm -f "$xfs/new"
		run strace -f -qq -o trace -P "$ext4/big" -P "$xfs/new" -e "inject=$call:error=EIO:when=20" \
			"$OVL_CP" -j2 "$ext4/big" "$xfs/new"
		grep -q 'INJECTED' trace
		assert_failure 1
		assert_output --regexp "^ovl-cp: error (reading|writing) '[^']*': Input/output error$"
		assert_not_exists "$xfs/new"
	done
}

@test "calls that are interrupted, or do a part, are repeated" {
	inject "$ext4/big" pread64:error=EINTR:when=2+3 -- -j2 "$ext4/big" "$xfs/new"
	assert_success
	cmp "$ext4/big" "$xfs/new"
}

@test "where no thread can be started, one copies all" {
	run strace -f -qq -o trace -e trace=clone,clone3 -e inject=clone,clone3:error=EAGAIN \
		"$OVL_CP" -j2 "$ext4/big" "$xfs/new"
	assert_success
	assert_output ''
	grep -q INJECTED trace
	cmp "$ext4/big" "$xfs/new"
}

@test "a signal ends both threads, and the new file is removed" {
	run strace -f -qq -o trace -e trace=pread64,clone,clone3 -e inject=pread64:signal=TERM:when=9 \
		"$OVL_CP" -j2 "$ext4/big" "$xfs/new"
	assert_equal "$status" 143
	assert_not_exists "$xfs/new"
	grep -q CLONE_THREAD trace
	[ "$(grep -c 'pread64(' trace)" -lt 40 ] || fail 'they went on'
}
