#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# What is at the path of a lower layer now may not be the layer: numbers of the kernel are believed,
# neither paths nor UUIDs.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay
load ../../fixtures/stat

setup_file() { requires loop overlay fs:xfs fs:ext4 filefrag || return 0; }

# Sets up and low, two filesystems made alike: equal files have equal addresses and numbers.
setup() {
	lab_setup
	up=$BATS_TEST_TMPDIR/up low=$up/low merged=$BATS_TEST_TMPDIR/merged
	fs_make xfs "$up" 512 '' -m uuid=fedcba98-7654-3210-fedc-ba9876543210
	mkdir "$low"
	file_make "$up/mine" "$SIZE" 1
	file_make "$low/file" "$SIZE" 2 # where the lower filesystem is not mounted
	fs_make xfs "$low" 512 nouuid -m uuid=fedcba98-7654-3210-fedc-ba9876543210
	mkdir "$low/low"
	file_make "$low/file" "$SIZE" 3
	sync
}

# data_is_elsewhere: ovl-stat must say that the data is on another filesystem than the upper layer.
data_is_elsewhere() {
	ovl_stat "$merged/file"
	assert_says clone 'not without a copy-up: its layer is on another filesystem'
	"$OVL_STAT" --json "$merged/file" | grep -q '"on_upper_filesystem":false'
	COLUMNS=12 ovl_stat --map "$merged/file" "$up/mine"
	refute_output --partial 'share it'
}

@test "two disks with one UUID" {
	stack
	data_is_elsewhere
	COLUMNS=12 ovl_stat --map "$merged/file" "$low/file"
	assert_output --partial 'A+B share it' # one file, seen by two paths
	"$OVL_STAT" --json "$merged/file" | grep -q '"role":"lower","path":"[^"]*","visible":true'
}

@test "a lower layer that is no longer mounted, whose path leads to the upper filesystem" {
	stack
	umount -l "$low"
	data_is_elsewhere
	"$OVL_STAT" --json "$merged/file" | grep -q '"role":"lower","path":"[^"]*","visible":false'
	ovl_cp --reflink=always --copy-up=never "$merged/file" "$merged/copy"
	assert_failure 1
}

@test "likewise where the inode numbers have to tell" {
	stack xino=on
	umount -l "$low"
	data_is_elsewhere
}

@test "a layer that is on the upper filesystem" {
	umount "$low"
	stack
	ovl_stat "$merged/file"
	assert_says clone 'without a copy-up: its layer is on the filesystem of the upper layer'
	assert_says copy-up 'shares or writes'
	"$OVL_STAT" --json "$merged/file" | grep -q '"on_upper_filesystem":true'
	ovl_cp --copy-up=never --reflink=always "$merged/file" "$merged/copy"
	assert_success
}

@test "one layer on each of two filesystems: the file tells which" {
	mkdir "$up/second"
	file_make "$up/second/near" "$SIZE"
	overlay_make "$merged" "$low:$up/second" "$up"
	data_is_elsewhere
	"$OVL_STAT" --json "$merged/near" | grep -q '"on_upper_filesystem":true'
	"$OVL_CP" --copy-up=never --reflink=always "$merged/near" "$merged/copy"
}

@test "paths that lead through symbolic links to other filesystems" {
	fs_make ext4 "$BATS_TEST_TMPDIR/ext4" 64
	mkdir "$up/layers" "$BATS_TEST_TMPDIR/ext4/links"
	ln -s "$low" "$BATS_TEST_TMPDIR/ext4/links/low"
	ln -s "$up/layers" "$BATS_TEST_TMPDIR/ext4/links/up"
	overlay_make "$merged" "$BATS_TEST_TMPDIR/ext4/links/low" "$BATS_TEST_TMPDIR/ext4/links/up"
	"$OVL_STAT" --json "$merged/file" >"$BATS_TEST_TMPDIR/said"
	grep -q '"role":"upper","path":"[^"]*links/up/upper","visible":true,"filesystem":{"type":"xfs"' "$BATS_TEST_TMPDIR/said"
	grep -q '"role":"lower","path":"[^"]*links/low","visible":true,"filesystem":{"type":"xfs"' "$BATS_TEST_TMPDIR/said"
	data_is_elsewhere
}
