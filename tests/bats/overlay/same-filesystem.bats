#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Lower and upper layer on one filesystem: a clone needs no copy-up, and if that filesystem cannot
# clone, there is no copy-up either.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay

# layers LOWERDIR UPPERBASE: mounts the stack with these layers.
layers() {
	low=$1 up=$2
	mkdir -p "$low"
	file_make "$low/file" "$SIZE"
	stack
	remember "$merged/file"
}

clones_at_once() {
	ovl_cp --debug --copy-up=always "$merged/file" "$merged/copy"
	assert_success
	assert_output --partial "cloned: 0 bytes written, $SIZE shared (rule: clone)"
	assert_not_copied_up file
	assert_shares "$low/file" "$up/upper/copy"
	assert_grown_by 0
	ovl_cp --fan-out --reflink=always "$merged/file" "$merged/"{one,two,three}
	assert_success
	assert_not_copied_up file
	assert_shares "$low/file" "$up/upper/"{one,two,three}
	assert_grown_by 0
	assert_all_equal "$low/file" "$merged/"{copy,one,two,three}
	assert_untouched "$merged/file"
}

@test "both on one xfs" {
	requires loop overlay reflink:xfs filefrag
	fs_make xfs "$BATS_TEST_TMPDIR/fs"
	layers "$BATS_TEST_TMPDIR/fs/low" "$BATS_TEST_TMPDIR/fs"
	clones_at_once
}

@test "both on one btrfs" {
	requires loop overlay reflink:btrfs filefrag
	fs_make btrfs "$BATS_TEST_TMPDIR/fs"
	layers "$BATS_TEST_TMPDIR/fs/low" "$BATS_TEST_TMPDIR/fs"
	clones_at_once
}

@test "in two subvolumes of one btrfs" {
	requires loop overlay reflink:btrfs filefrag btrfs
	fs_make btrfs "$BATS_TEST_TMPDIR/fs"
	btrfs subvolume create "$BATS_TEST_TMPDIR/fs/low"
	btrfs subvolume create "$BATS_TEST_TMPDIR/fs/up"
	layers "$BATS_TEST_TMPDIR/fs/low" "$BATS_TEST_TMPDIR/fs/up"
	clones_at_once
}

@test "a lower layer that is a read-only snapshot on the upper layer's btrfs" {
	requires loop overlay reflink:btrfs filefrag btrfs
	fs_make btrfs "$BATS_TEST_TMPDIR/fs"
	btrfs subvolume create "$BATS_TEST_TMPDIR/fs/origin"
	file_make "$BATS_TEST_TMPDIR/fs/origin/file" "$SIZE"
	low=$BATS_TEST_TMPDIR/fs/snapshot up=$BATS_TEST_TMPDIR/fs
	btrfs subvolume snapshot -r "$BATS_TEST_TMPDIR/fs/origin" "$low"
	stack
	remember "$merged/file"
	clones_at_once
}

@test "both on one ext4, which cannot clone" {
	requires loop overlay fs:ext4
	fs_make ext4 "$BATS_TEST_TMPDIR/fs"
	layers "$BATS_TEST_TMPDIR/fs/low" "$BATS_TEST_TMPDIR/fs"
	ovl_cp --copy-up=always "$merged/file" "$merged/copy"
	assert_copied file copy
	ovl_cp --reflink=always --copy-up=always "$merged/file" "$merged/clone"
	assert_refused file clone 'cannot clone'
	assert_output --partial ext4
	assert_untouched "$merged/file"
}
