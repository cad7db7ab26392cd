#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# From an overlay to a plain directory on the filesystem of one of its layers and back; layers on
# one btrfs. Under every option --explain predicts what the copy does.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay
load ../../fixtures/kind

setup_file() { stack_file xfs xfs btrfs reflink:btrfs; }

# begin: mounts the stack, with files on both layers, and directories outside of it.
begin() {
	sources "$low/file" "$SIZE"
	stack
	sources "$merged/new" "$SIZE"
	mkdir "$up/plain"
	lower_plain=$(mktemp -d -p "$BATS_FILE_TMPDIR/low")
}

@test "from the upper layer to its filesystem, and from the lower layer to its own" {
	begin
	assert_ways "$merged/new" "$up/plain" "${all_past[@]}"
	assert_shares "$up/upper/new.auto" "$up/plain/to.auto"
	assert_ways "$merged/file" "$lower_plain" "${all_past[@]}"
	assert_shares "$low/file.auto" "$lower_plain/to.auto"
	assert_not_copied_up file.up
}

@test "from the lower layer to the filesystem of the upper one" {
	begin
	assert_ways "$merged/file" "$up/plain" "${none_shared[@]}"
	assert_not_copied_up file.up
}

@test "without the way past the overlay" {
	begin
	kind_options=("${kind_options[@]/#/--no-layer-bypass }")
	assert_ways "$merged/new" "$up/plain" "${none_shared[@]}"
	ovl_cp --explain --no-layer-bypass "$merged/new.auto" "$up/plain/copy"
	assert_output --partial 'to share it: drop --no-layer-bypass'
}

@test "from a plain directory into an overlay" {
	begin
	sources "$up/plain/file" "$SIZE"
	assert_ways "$up/plain/file" "$merged" "${none_shared[@]}"
}

@test "two subvolumes of one btrfs, each mounted by itself" {
	fs=$BATS_TEST_TMPDIR/btrfs
	fs_make btrfs "$fs"
	btrfs subvolume create "$fs/low"
	btrfs subvolume create "$fs/up"
	low=$BATS_TEST_TMPDIR/low up=$BATS_TEST_TMPDIR/up
	mkdir "$low" "$up" "$fs/plain"
	mount -o subvol=low "$(findmnt -no SOURCE "$fs")" "$low"
	mount -o subvol=up "$(findmnt -no SOURCE "$fs")" "$up"
	sources "$low/file" "$SIZE"
	stack
	assert_ways "$merged/file" "$merged" "${all_clone[@]}"
	assert_grown_by 0
	assert_ways "$merged/file" "$fs/plain" "${all_past[@]}"
}
