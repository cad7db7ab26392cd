#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The upper layer has no space for the source, or for its attributes.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay

@test "an attribute too large for the upper filesystem does not keep the data from being copied" {
	requires loop overlay fs:xfs reflink:btrfs setfattr filefrag
	low=$BATS_TEST_TMPDIR/low up=$BATS_TEST_TMPDIR/up
	fs_make xfs "$low"
	fs_make btrfs "$up"
	file_make "$low/file" "$SIZE"
	setfattr -n user.large -v "$(head -c 20000 /dev/zero | tr '\0' x)" "$low/file"
	stack
	falls_back "$merged/file" file 'no space for it, or for one of its extended attributes'
}

@test "a full upper layer: the copy fails, nothing is left and the source stays as it is" {
	requires loop overlay fs:ext4 reflink:btrfs
	low=$BATS_TEST_TMPDIR/low up=$BATS_TEST_TMPDIR/up
	fs_make ext4 "$low"
	fs_make btrfs "$up" 128
	file_make "$low/file" 128M
	stack
	remember "$merged/file"
	declare -A says=([auto]='No space left on device' [always]='has no space for it')
	for mode in auto always; do
		ovl_cp --reflink=$mode "$merged/file" "$merged/copy"
		assert_failure 1
		assert_output --partial "${says[$mode]}"
		assert_not_exists "$merged/copy"
		assert_not_copied_up file
	done
	ovl_cp --explain "$merged/file" "$merged/copy" # no room for the bytes either
	assert_failure 1
	assert_output --partial 'No space left on device'
	assert_grown_by 0
	assert_untouched "$merged/file"
}

@test "a quota of the upper layer is named among what helps" {
	requires loop overlay fs:ext4 reflink:btrfs btrfs
	low=$BATS_TEST_TMPDIR/low up=$BATS_TEST_TMPDIR/up/limited
	fs_make ext4 "$low"
	fs_make btrfs "$BATS_TEST_TMPDIR/up" 200
	btrfs subvolume create "$up"
	btrfs quota enable "$up" && btrfs quota rescan -w "$up"
	btrfs qgroup limit 2M "$up"
	file_make "$low/file" "$SIZE"
	stack
	ovl_cp --copy-up-only "$merged/file"
	assert_failure 1
	assert_output --partial 'or raise the quota there'
	assert_not_copied_up file
}

@test "room for the copy-up is room for every clone" {
	requires loop overlay fs:ext4 reflink:btrfs filefrag
	low=$BATS_TEST_TMPDIR/low up=$BATS_TEST_TMPDIR/up
	fs_make ext4 "$low"
	fs_make btrfs "$up" 128
	file_make "$low/file" 32M
	stack
	ovl_cp --fan-out "$merged/file" "$merged/"{1..20}
	assert_cloned file {1..20}
}

@test "--explain counts the room that an overwritten file gives back" {
	requires loop fs:ext4
	fs_make ext4 "$BATS_TEST_TMPDIR/small" 64
	file_make "$BATS_TEST_TMPDIR/small/old" 40M
	file_make "$BATS_TEST_TMPDIR/file" 41M
	cd "$BATS_TEST_TMPDIR/small" || return
	ovl_cp --explain ../file new
	assert_failure 1
	assert_output --partial "error writing 'new': No space left on device"
	for option in '' --remove-destination; do
		ovl_cp --explain $option ../file old
		assert_success
	done
	ovl_cp --explain -b ../file old
	assert_failure 1
}
