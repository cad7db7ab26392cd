#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# When a fan-out copies up its source, and when it makes one copy and clones that.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay

setup_file() { stack_file ext4 xfs; }

# fan_out SIZE ARG...: copies a file of this size to two destinations.
fan_out() {
	file_make "$low/file" "$1"
	stack
	remember "$merged/file"
	ovl_cp --debug "${@:2}" --fan-out "$merged/file" "$merged/"{one,two}
	[ "$status" != 0 ] || assert_all_equal "$merged/"{file,one,two}
	assert_untouched "$merged/file"
}

# assert_donor BYTES: the bytes must have been written once, and be shared by the destinations.
assert_donor() {
	assert_copied file one two
	assert_output --partial 'cloned from an earlier destination'
	assert_shares "$up/upper/"{one,two}
	assert_grown_by "$1"
}

@test "a source below 16 MiB is copied once and that copy cloned" {
	fan_out 15M
	assert_donor $((15 << 20))
	assert_output --partial 'for a file of this size one copy and clones of it cost less'
}

@test "a source of 16 MiB is copied up" {
	fan_out 16M
	assert_cloned file one two
	assert_grown_by $((16 << 20))
}

@test "--copy-up=always copies up a small source" {
	fan_out 64K --copy-up=always
	assert_cloned file one two
}

@test "--copy-up=never uses a donor for a large source" {
	fan_out 16M --copy-up=never
	assert_donor $((16 << 20))
	assert_output --partial '--copy-up=never forbids'
}

@test "--copy-up-min above the size keeps a large source on the lower layer" {
	fan_out 16M --copy-up-min=17M
	assert_donor $((16 << 20))
}

@test "--copy-up-min does not make a donor dearer than it is" {
	fan_out "$SIZE" --copy-up-min=64K
	assert_donor "$SIZE"
}

@test "--reflink=always copies up a small source" {
	fan_out 64K --reflink=always
	assert_cloned file one two
}

@test "--reflink=always with --copy-up=never leaves no destination" {
	fan_out "$SIZE" --reflink=always --copy-up=never
	assert_refused file one '--copy-up=never forbids'
	assert_refused file two '--copy-up=never forbids'
}

@test "--reflink=never shares nothing" {
	fan_out "$SIZE" --reflink=never
	assert_copied file one two
	assert_equal "$(shared_bytes "$up/upper/one" "$up/upper/two")" 0
	assert_grown_by $((2 * SIZE))
}

@test "a source on the upper layer is cloned at once" {
	file_make "$low/file" "$SIZE"
	overlay_make "$merged" "$low" "$up"
	: >>"$merged/file"
	growth_start "$up"
	ovl_cp --fan-out "$merged/file" "$merged/"{one,two}
	assert_cloned file one two
	assert_grown_by 0
}
