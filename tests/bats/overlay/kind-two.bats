#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Two overlays, an overlay and a plain directory, an overlay below an overlay: under every option
# --explain predicts what the copy does.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay
load ../../fixtures/kind

setup_file() {
	requires loop reflink:btrfs btrfs || return 0
	stack_file ext4 xfs && fs_make btrfs "$BATS_FILE_TMPDIR/btrfs" 1024
}

# shared_by_range FILE TO: FICLONE must be refused, and copy_file_range must share the data.
shared_by_range() {
	assert_ways "$1" "$2" auto:range-clone always:range-clone share:range-clone clone:refused \
		up:range-clone fan:range-clone+donor
}

# two UPPERBASE SECOND: mounts the stack and a second overlay, with these directories for their
# upper layers.
two() {
	second=$BATS_TEST_TMPDIR/second up=$1
	mkdir -p "$low/other" "$2"
	overlay_make "$second" "$low/other" "$2"
	sources "$low/file" "$SIZE"
	stack
	sources "$merged/new" "$SIZE"
}

@test "two overlays on one xfs" {
	two "$up" "$up/2"
	assert_ways "$merged/file" "$second" "${none_shared[@]}"
	rm "$second/"{to,second}.*
	shared_by_range "$merged/new" "$second"
}

@test "two overlays in two subvolumes of one btrfs" {
	btrfs=$BATS_FILE_TMPDIR/btrfs
	btrfs subvolume create "$btrfs/1"
	btrfs subvolume create "$btrfs/2"
	two "$btrfs/1" "$btrfs/2"
	assert_ways "$merged/file" "$second" "${none_shared[@]}"
	rm "$second/"{to,second}.*
	shared_by_range "$merged/new" "$second"
}

@test "two overlays: the advice helps" {
	two "$up" "$up/2"
	ovl_cp --explain "$merged/file.auto" "$second/copy"
	assert_output --partial 'not shared:  source and destination are on two overlays'
	assert_output --partial 'to share it: if both upper layers are on one filesystem, first copy it within'
	ovl_cp --copy-up=always "$merged/file.auto" "$merged/own"
	ovl_cp --debug --require=share "$merged/own" "$second/copy"
	assert_output --partial "0 bytes written, $SIZE shared (rule: range-clone)"
}

@test "an overlay below an overlay" {
	inner=$BATS_TEST_TMPDIR/inner
	sources "$low/file" "$SIZE"
	mkdir "$up/inner" "$up/plain"
	overlay_make "$inner" "$low" "$up/inner"
	sources "$inner/new" "$SIZE"
	low=$inner
	stack
	watched=("$merged" "$up" "$inner")
	assert_ways "$merged/file" "$merged" "${all_copied_up[@]}"
	rm "$merged"/{to,second}.*
	assert_ways "$merged/new" "$merged" "${all_copied_up[@]}"
	rm "$merged"/{to,second}.*
	shared_by_range "$inner/new" "$merged"
	sources "$inner/third" "$SIZE"
	assert_ways "$inner/third" "$up/plain" "${all_past[@]}"
}
