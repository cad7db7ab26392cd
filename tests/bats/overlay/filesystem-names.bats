#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# How messages name the filesystem of the upper layer, and when they do not name it.
# shellcheck disable=SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay

setup_file() { requires loop overlay fs:ext4 || return 0; }

setup() {
	lab_setup
	low=$BATS_TEST_TMPDIR/low up=$BATS_TEST_TMPDIR/up merged=$BATS_TEST_TMPDIR/merged
	mkdir "$low"
	fs_make ext4 "$up" 256
	file_make "$low/file" "$SIZE"
	stack
}

# refused: requires a clone that the filesystem of the upper layer cannot make.
refused() {
	ovl_cp --reflink=always "$merged/file" "$merged/copy"
	assert_failure 1
	assert_not_copied_up file
}

@test "it is named by its type" {
	refused
	assert_output --partial "the overlay's upper layer, ext4, cannot clone"
}

@test "it is named by its label too" {
	tune2fs -L 'my layers' "$(findmnt -no SOURCE "$up")"
	refused
	assert_output --partial "the overlay's upper layer, ext4 (label my layers), cannot clone"
}

@test "it is not named after what is mounted there in its place" {
	mount -t tmpfs tmpfs "$up"
	ovl_cp --reflink=always "$merged/file" "$merged/copy"
	assert_failure 1
	assert_output --partial "the overlay's upper layer cannot clone"
}

@test "the destination's own filesystem is named where there is no overlay" {
	ovl_cp --reflink=always "$merged/file" "$low/copy"
	assert_failure 1
	assert_output --partial 'the destination, ext4, is on another mount'
	ovl_cp --reflink=always "$low/file" "$low/copy"
	assert_output --partial 'the filesystem of the destination'
}

# Its free space changes between two calls; its size, and the birth of its directories, do not.
@test "it is named while others write to it, and after another of the same size is mounted over it" {
	requires strace
	printf -v line '%512s' ''
	for ((i = 0; i < 100000; i++)); do echo "$line"; done 3>&- >"$up/growing" &
	writer=$!
	run strace -f -o "$BATS_TEST_TMPDIR/trace" -e inject=fstatfs:delay_enter=50000 \
		"$OVL_CP" --reflink=always "$merged/file" "$merged/copy"
	kill "$writer" && wait "$writer" || :
	assert_output --partial "the overlay's upper layer, ext4, cannot clone"
	fs_make ext4 "$BATS_TEST_TMPDIR/other" 256
	mkdir -p "$BATS_TEST_TMPDIR/other/"{upper,work}
	mount --bind "$BATS_TEST_TMPDIR/other" "$up"
	refused
	assert_output --partial "the overlay's upper layer cannot clone"
}
