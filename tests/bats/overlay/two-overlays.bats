#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# From one overlay to another whose upper layer is on the same filesystem.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay

setup_file() {
	requires loop fs:ext4 || return 0
	stack_file ext4 xfs && fs_make ext4 "$BATS_FILE_TMPDIR/up-ext4"
}

# stacks TYPE: mounts the stack, and a second overlay with its upper layer on the same filesystem.
stacks() {
	[ "$1" = xfs ] || up=$(mktemp -d -p "$BATS_FILE_TMPDIR/up-$1")
	mkdir "$up/2" "$low/lower"
	second=$BATS_TEST_TMPDIR/second
	overlay_make "$second" "$low/lower" "$up/2"
	file_make "$low/file" "$SIZE"
	stack
}

@test "on one xfs: what is on the upper layer is shared" {
	stacks xfs
	: >>"$merged/file"
	growth_start "$up"
	ovl_cp --debug "$merged/file" "$second/copy"
	assert_success
	assert_output --partial ": 0 bytes written, $SIZE shared (rule: range-clone)"
	assert_shares "$up/upper/file" "$up/2/upper/copy"
	assert_all_equal "$merged/file" "$second/copy"
	assert_grown_by 0
}

@test "on one xfs: --reflink=always is met" {
	stacks xfs
	: >>"$merged/file"
	ovl_cp --reflink=always "$merged/file" "$second/copy"
	assert_success
	assert_shares "$up/upper/file" "$up/2/upper/copy"
	assert_all_equal "$merged/file" "$second/copy"
}

@test "on one xfs: a source on the lower layer is not copied up" {
	stacks xfs
	into=$second
	falls_back "$merged/file" file 'are on two overlays'
}

@test "on one xfs: a source on a lower layer on that xfs is shared" {
	low=$(mktemp -d -p "$BATS_FILE_TMPDIR/up")
	stacks xfs
	ovl_cp --reflink=always "$merged/file" "$second/copy"
	assert_success
	assert_not_copied_up file
	assert_shares "$low/file" "$up/2/upper/copy"
	assert_all_equal "$merged/file" "$second/copy"
}

@test "on one ext4: the bytes are copied" {
	stacks ext4
	: >>"$merged/file"
	growth_start "$up"
	ovl_cp "$merged/file" "$second/copy"
	assert_success
	assert_all_equal "$merged/file" "$second/copy"
	assert_grown_by "$SIZE"
}

@test "on one ext4: --reflink=always fails and leaves nothing" {
	stacks ext4
	: >>"$merged/file"
	growth_start "$up"
	ovl_cp --reflink=always "$merged/file" "$second/copy"
	assert_failure 1
	assert_not_exists "$second/copy"
	assert_grown_by 0
}
