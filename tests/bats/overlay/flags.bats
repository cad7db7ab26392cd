#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# On btrfs a file without copy-on-write (chattr +C) and one with it cannot share data, although
# the filesystem says that it can clone.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay

setup_file() {
	requires loop overlay fs:ext4 reflink:btrfs chattr filefrag || return 0
	fs_make btrfs "$BATS_FILE_TMPDIR/up" && fs_make ext4 "$BATS_FILE_TMPDIR/low"
}

@test "a directory without copy-on-write on the upper layer" {
	file_make "$low/file" "$SIZE"
	stack
	mkdir "$merged/nocow"
	chattr +C "$up/upper/nocow"
	remember "$merged/file"
	ovl_cp --debug --fan-out --copy-up=always "$merged/file" "$merged/nocow/"{1,2} "$merged/1"
	assert_success
	assert_all_equal "$merged/file" "$merged/nocow/"{1,2} "$merged/1"
	assert_shares "$up/upper/file" "$up/upper/1"
	assert_untouched "$merged/file"
}

@test "two overlays: data that copy_file_range copied instead of shared is not a clone" {
	second=$BATS_TEST_TMPDIR/second
	mkdir -p "$up/upper/nocow" "$up/2" "$low/lower"
	chattr +C "$up/upper/nocow"
	overlay_make "$second" "$low/lower" "$up/2"
	stack
	file_make "$merged/nocow/file" "$SIZE"
	ovl_cp --reflink=always "$merged/nocow/file" "$second/copy"
	assert_failure 1
	assert_not_exists "$second/copy"
	ovl_cp --debug "$merged/nocow/file" "$second/copy"
	assert_success
	assert_output --partial "$SIZE bytes written, 0 shared"
	assert_all_equal "$merged/nocow/file" "$second/copy"
}
