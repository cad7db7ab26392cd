#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Layer bypass: layers on filesystems of each type.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # variables of the fixtures
# needs: images

load ../../fixtures/overlay
load ../../fixtures/bypass

setup_file() { stack_file btrfs ext4 btrfs; }

@test "btrfs: to another subvolume, and from a snapshot" {
	btrfs -q subvolume create "$low/layer"
	btrfs -q subvolume create "$low/out"
	file_make "$low/layer/file" "$SIZE"
	btrfs -q subvolume snapshot -r "$low/layer" "$low/snapshot"
	for layer in layer snapshot; do
		overlay_make "$merged" "$low/$layer" "$up"
		assert_past "$low/$layer/file" "$merged/file" "$low/out/$layer"
		assert_past "$low/$layer/file" "$merged/file" "$lower_out/$layer"
		umount "$merged"
	done
}

@test "btrfs: a destination elsewhere is for the clone to refuse" {
	file_make "$low/file" "$SIZE"
	stack
	past "$merged/file" "$out/copy"
	assert_failure
	assert_output 'not cloned: Invalid cross-device link'
}

@test "btrfs: data stored inline in the metadata cannot be proved" {
	file_make "$low/file" 1000
	stack
	assert_no_way "$merged/file" "$lower_out/copy"
}

@test "btrfs: compressed data" {
	mkdir "$low/dir"
	btrfs property set "$low/dir" compression zstd
	file_make "$low/dir/file" "$SIZE"
	stack
	past "$merged/dir/file" "$lower_out/copy"
	assert_output cloned
	assert_all_equal "$merged/dir/file" "$lower_out/copy"
}

@test "ext4: found, and for the clone to refuse" {
	stack
	file_make "$merged/file" "$SIZE"
	past "$merged/file" "$out/copy"
	assert_output 'not cloned: Operation not supported'
}

@test "tmpfs, squashfs and erofs: no FIEMAP, or no room for a destination" {
	mkdir "$BATS_TEST_TMPDIR/from"
	file_make "$BATS_TEST_TMPDIR/from/file" "$SIZE"
	for type in tmpfs squashfs erofs; do
		layer_make "$type" "$BATS_TEST_TMPDIR/$type" "$BATS_TEST_TMPDIR/from"
		overlay_make "$merged" "$BATS_TEST_TMPDIR/$type:$low" -
		to=$out/copy
		[ "$type" != tmpfs ] || to=$BATS_TEST_TMPDIR/$type/copy
		assert_no_way "$merged/file" "$to"
		umount "$merged"
	done
}
