#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Sources and destinations on various mounts of an overlay: under every option --explain predicts
# what the copy does.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay
load ../../fixtures/kind

setup_file() { stack_file ext4 xfs; }

begin() {
	sources "$low/file" "$SIZE"
	stack
	sources "$merged/new" "$SIZE"
	mkdir "$up/plain" "$merged/dir" "$BATS_TEST_TMPDIR/bind"
	bind=$BATS_TEST_TMPDIR/bind
}

@test "a bind mount of the overlay" {
	begin
	mount --bind "$merged" "$bind"
	assert_ways "$bind/file" "$merged" "${all_copied_up[@]}"
	assert_ways "$bind/new" "$merged/dir" "${all_clone[@]}"
}

@test "a bind mount of a directory of the overlay, as source and as destination" {
	mkdir "$low/sub" "$low/to"
	sources "$low/sub/file" "$SIZE"
	begin
	mount --bind "$merged/sub" "$bind"
	assert_ways "$bind/file" "$merged/to" "${all_copied_up[@]}"
	assert_ways "$merged/file" "$bind" "${all_copied_up[@]}"
	assert_ways "$bind/to" "$up/plain" "${all_past[@]}"
}

@test "a read-only bind mount as source" {
	begin
	mount --bind "$merged" "$bind"
	mount -o remount,bind,ro "$bind"
	assert_ways "$bind/file" "$merged" "${none_shared[@]}"
	rm "$merged"/{to,second}.*
	assert_ways "$bind/new" "$merged" "${all_clone[@]}"
}

@test "an overlay that was made read-only, to its upper filesystem" {
	begin
	mount -o remount,ro "$merged"
	assert_ways "$merged/file" "$up/plain" "${none_shared[@]}"
	rm "$up/plain/"*
	assert_ways "$merged/new" "$up/plain" "${all_past[@]}"
	ovl_cp --explain "$merged/new.auto" "$merged/copy"
	assert_failure 1
	assert_output --partial 'Read-only file system'
}

@test "an overlay without an upper layer, to the filesystem of one of its layers" {
	sources "$low/file" "$SIZE"
	sources "$up/new" "$SIZE"
	mkdir "$up/plain"
	overlay_make "$merged" "$low:$up" -
	assert_ways "$merged/file" "$up/plain" "${none_shared[@]}"
	rm "$up/plain/"*
	assert_ways "$merged/new" "$up/plain" "${all_past[@]}"
}
