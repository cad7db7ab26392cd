#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Files that can be read or written in one go only, not at offsets: some of /proc, and of servers of
# FUSE.

load ../../fixtures/common
load ../../fixtures/cp
load ../../fixtures/quirkfs

setup() {
	cd "$BATS_TEST_TMPDIR" || return
}

@test "a file of /proc that cannot be written at offsets is written" {
	local n=70000 pid
	requires root
	sleep 60 3>&- &
	pid=$!
	for how in '' --sparse=always --reflink=never '-j 2' --no-preserve=mode; do
		n=$((n + 1))
		echo $n >number
		# shellcheck disable=SC2086 # words
		ovl_cp $how number /proc/$pid/timerslack_ns
		assert_success
		assert_equal "$(</proc/$pid/timerslack_ns)" $n
	done
	kill $pid
}

@test "without offsets a file is copied, from and to a server of FUSE" {
	requires root fusepy
	file_make small 3000
	file_make big 5M
	truncate -s 300000 holes
	file_make tail 5000
	cat tail >>holes
	quirkfs_mount back mnt no-seek
	for how in '' --sparse=always --sparse=never --reflink=never '-j 2' -a; do
		for file in small big holes; do
			rm -f back/* new
			# shellcheck disable=SC2086 # words
			ovl_cp $how $file mnt/file
			assert_success
			cmp $file back/file
			# shellcheck disable=SC2086 # words
			ovl_cp $how mnt/file new
			assert_success
			cmp $file new
			# shellcheck disable=SC2086 # words
			ovl_cp $how mnt/file mnt/copy
			assert_success
			cmp $file back/copy
		done
	done
	umount mnt
}

@test "several destinations get all data, if it is there once more or not" {
	requires root fusepy
	file_make big 2M
	quirkfs_mount back mnt no-seek
	ovl_cp --fan-out big mnt/a new mnt/b new2
	assert_success
	for file in back/a new back/b new2; do cmp big $file; done
	ovl_cp --fan-out mnt/a new3 new4 new5
	assert_success
	for file in new3 new4 new5; do cmp big $file; done
	ovl_cp --fan-out mnt/a mnt/d new6 mnt/e
	assert_success
	for file in back/d new6 back/e; do cmp big $file; done
	umount mnt
}
