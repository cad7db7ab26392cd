#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Several lower layers, one of them on the filesystem of the upper layer.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay

setup_file() {
	requires loop reflink:btrfs || return 0
	stack_file ext4 xfs && fs_make btrfs "$BATS_FILE_TMPDIR/btrfs"
}

# three_lowers SIZE_OF_A OPTS: mounts a stack with files a on ext4, b on the filesystem of the upper
# layer, c on btrfs.
three_lowers() {
	mkdir "$up/low"
	btrfs=$(mktemp -d -p "$BATS_FILE_TMPDIR/btrfs")
	file_make "$low/a" "$1"
	file_make "$up/low/b" "$SIZE"
	file_make "$btrfs/c" "$SIZE"
	same=$up/low
	low=$low:$same:$btrfs
	stack "$2"
	mkdir "$merged/to"
	remember "$merged/"{a,b,c}
}

each_by_itself() {
	three_lowers "$SIZE" "$1"
	ovl_cp "$merged/"{a,b,c} "$merged/to"
	assert_cloned a to/a
	assert_cloned c to/c
	assert_not_copied_up b
	assert_shares "$same/b" "$up/upper/to/b"
	assert_all_equal "$merged/b" "$merged/to/b"
	assert_grown_by $((2 * SIZE))
	assert_untouched "$merged/"{a,b,c}
}

@test "each source is decided on by itself" { each_by_itself xino=off; }

@test "each source is decided on by itself where all have one device number" {
	each_by_itself xino=on
	assert_equal "$(stat -c %d "$merged/"{a,b,c} | sort -u | wc -l)" 1
}

# too_small OPTS: the file a must not be copied up.
too_small() {
	three_lowers 64K "$1"
	ovl_cp "$merged/"{a,b,c} "$merged/to"
	assert_copied a to/a
	assert_not_copied_up b
	assert_shares "$same/b" "$up/upper/to/b"
	assert_cloned c to/c
}

@test "a source too small to copy up does not spoil the next ones" { too_small xino=off; }

@test "a small source does not spoil the next ones if all have one device number" { too_small xino=on; }

@test "a source too small to copy up does not spoil others on its layer" {
	file_make "$low/small" 64K
	file_make "$low/large" "$SIZE"
	file_make "$low/upper" "$SIZE"
	stack
	: >>"$merged/upper"
	mkdir "$merged/to"
	ovl_cp "$merged/"{small,large,upper} "$merged/to"
	assert_copied small to/small
	assert_cloned large to/large
	assert_cloned upper to/upper
	assert_grown_by $((2 * SIZE)) # large and upper
}
