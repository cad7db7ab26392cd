#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Nothing can be copied up where the kernel cannot move files from the work directory to the upper
# layer: that is known before all is written in vain.
# shellcheck disable=SC2016,SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay
load ../../fixtures/stat

setup_file() {
	requires loop overlay fs:ext4 fs:xfs fs:btrfs btrfs chattr strace || return 0
	fs_make ext4 "$BATS_FILE_TMPDIR/low" 64 && fs_make xfs "$BATS_FILE_TMPDIR/up" 512
	fs_make btrfs "$BATS_FILE_TMPDIR/btrfs" 512
}

# The kernel refuses it, the program knows that, and does not try.
assert_not_tried() {
	run ! sh -c ': >>"$1"' - "$merged/other"
	assert_output --partial 'cross-device'
	ovl_stat "$merged/file"
	assert_says clone 'it cannot be copied up: work directory and upper layer are in different subvolumes'
	assert_says copy-up 'impossible: work directory and upper layer are in different subvolumes'
	"$OVL_STAT" --json "$merged/file" | grep -q '"work_dir_apart":true'
	ovl_cp --explain "$merged/file" "$merged/copy"
	assert_output --partial 'nothing can be copied up: the kernel cannot move files'
	assert_output --partial 'to share it: mount the overlay with a work directory in the same subvolume'
	strace -f -o "$BATS_TEST_TMPDIR/trace" "$OVL_CP" --copy-up=always "$merged/file" "$merged/copy"
	run -1 grep -q utimensat "$BATS_TEST_TMPDIR/trace"
	cmp "$merged/file" "$merged/copy"
	ovl_cp --reflink=always "$merged/file" "$merged/copy2"
	assert_failure 1
	assert_output --partial '(EXDEV), because they are in different subvolumes or belong to different projects'
}

scene() {
	file_make "$low/file" "$SIZE"
	file_make "$low/other" 10K
	stack
}

@test "an upper layer in another subvolume of btrfs" {
	up=$(mktemp -d -p "$BATS_FILE_TMPDIR/btrfs")
	btrfs -q subvolume create "$up/upper" >/dev/null
	scene
	assert_not_tried
}

@test "both in one subvolume" {
	up=$(mktemp -d -p "$BATS_FILE_TMPDIR/btrfs")
	btrfs -q subvolume create "$up/both" >/dev/null
	up=$up/both
	scene
	ovl_cp "$merged/file" "$merged/copy"
	assert_cloned file copy
}

@test "an upper layer of another project" {
	mkdir "$up/upper" && chattr -p 7 "$up/upper" && chattr +P "$up/upper"
	scene
	assert_not_tried
}

@test "both of one project" {
	mkdir "$up/"{upper,work} && chattr -p 7 "$up/"{upper,work} && chattr +P "$up/"{upper,work}
	scene
	ovl_cp "$merged/file" "$merged/copy"
	assert_cloned file copy
}

@test "what is mounted over the work directory is not it" {
	up=$(mktemp -d -p "$BATS_FILE_TMPDIR/btrfs")
	scene
	mount -t tmpfs tmpfs "$up/work"
	run "$OVL_STAT" --json "$merged/file"
	assert_output --partial '"work_dir_apart":false'
	ovl_cp "$merged/file" "$merged/copy"
	assert_cloned file copy
	umount "$up/work"
}
