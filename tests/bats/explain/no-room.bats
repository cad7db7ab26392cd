#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --explain foretells that a filesystem has no room for a copy.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # watched, as_who belong to the fixture
# needs: images

load ../../fixtures/common
load ../../fixtures/explain

setup() {
	lab_setup
	requires root
	cd "$BATS_TEST_TMPDIR" || return
	watched=("$BATS_TEST_TMPDIR")
}

@test "a filesystem that has no room for the old file and the new one" {
	mkdir small && mount -t tmpfs -o size=4M tmpfs small
	file_make big 3M
	cp big small/old
	fails_alike "error writing 'small/old': No space left on device" --atomic big small/old
	ovl_cp --explain big small/old
	assert_success
	ln -s small/old link
	agrees big link
	umount small
}

@test "a filesystem that has room for root only" {
	requires loop fs:ext4
	fs_make ext4 "$BATS_TEST_TMPDIR/small" 64
	chmod 777 small
	head -c $(($(stat -f -c '%a * %S' small) + (1 << 20))) /dev/zero >big
	as_who=as_user
	fails_alike "error writing 'small/new': No space left on device" big small/new
	ovl_cp --explain big small/new
	assert_success
}

@test "a filesystem that does not say how much room it has" {
	mkdir small && mount -t ramfs ramfs small
	file_make big 1M
	ovl_cp --explain big small/new
	assert_success
	assert_line --partial '1048576 (1.0 MiB) written'
	ovl_cp --explain --fan-out --report=- big small/{one,two}
	assert_success
	umount small
}

@test "a filesystem that has no inode left" {
	mkdir small && mount -t tmpfs -o nr_inodes=3 tmpfs small
	file_make small/old 1000
	file_make small/other 1000
	fails_alike "cannot create regular file 'small/new': No space left on device" small/old small/new
	ovl_cp --explain --remove-destination small/old small/other
	assert_success
	ovl_cp --explain small/old small/other
	assert_success
	umount small
}
