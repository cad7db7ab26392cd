#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Big files within a filesystem that cannot clone: more is read ahead for long copies only.
# needs: images

load ../../fixtures/common

setup() {
	requires loop strace fs:ext4
	fs_make ext4 "$BATS_TEST_TMPDIR/lab" 64
	cd "$BATS_TEST_TMPDIR/lab" || return
}

# of_size SIZE: a file of that length with text at its end, copied; prints what was advised.
of_size() {
	rm -f src dst
	truncate -s "$1" src
	echo end >>src
	strace -qq -e trace=fadvise64 "$OVL_CP" src dst 2>&1
	cmp src dst
}

@test "the kernel is told that a file of 2 GiB is read in order, and nothing of a smaller one" {
	run of_size 2G
	assert_success
	assert_line --regexp '^fadvise64\([0-9]+, 0, 0, POSIX_FADV_SEQUENTIAL\) += 0$'
	assert_equal "${#lines[@]}" 1
	run of_size 1G
	assert_success
	assert_output ''
}
