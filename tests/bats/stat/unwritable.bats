#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Output about files that cannot be copied up.
# shellcheck disable=SC2030,SC2031,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay
load ../../fixtures/stat

setup_file() { stack_file ext4 xfs; }

@test "an overlay without an upper layer, and one that is mounted read-only" {
	file_make "$low/file" 10K
	overlay_make "$merged" "$low:$up" -
	ovl_stat "$merged/file"
	assert_says clone 'not within this overlay: it has no upper layer'
	assert_says copy-up 'impossible: the overlay has no upper layer'
	umount "$merged"
	stack
	mount -o remount,ro "$merged"
	ovl_stat "$merged/file"
	assert_says overlay "mounted at '$merged', read-only"
	assert_says copy-up 'impossible: the overlay is mounted read-only'
}

@test "a directory and an empty file have no data to copy up, and no known layer" {
	mkdir "$low/dir"
	: >"$low/empty"
	stack
	ovl_stat "$merged/dir"
	assert_says file directory
	assert_says data 'on an overlay, on an unknown layer'
	assert_says copy-up 'writes no data'
	ovl_stat "$merged/empty"
	assert_says copy-up 'writes no data'
}
