#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# A fan-out outside overlays: a source that cannot be cloned is copied once to each filesystem
# that can clone, and that copy is cloned.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # up belongs to the fixture
# needs: images

load ../../fixtures/overlay

setup_file() {
	requires loop fs:ext4 reflink:{xfs,btrfs} filefrag chattr || return 0
	local type
	for type in xfs btrfs ext4 tmpfs; do
		fs_make "$type" "$BATS_FILE_TMPDIR/$type" || return
	done
}

# at TYPE: prints a new directory on such a filesystem, created before the growth is measured.
at() {
	mktemp -d -p "$BATS_FILE_TMPDIR/$1"
}

# ten SOURCETYPE TYPE: copies a file on one filesystem to ten files on the other, in $to.
ten() {
	source=$(at "$1")/file
	to=$(at "$2")
	file_make "$source" "$SIZE"
	remember "$source"
	growth_start "$to"
	ovl_cp --fan-out "$source" "$to/"{0..9}
	assert_success
	assert_all_equal "$source" "$to/"{0..9}
	assert_untouched "$source"
}

@test "from tmpfs to ten files on xfs: one copy" {
	ten tmpfs xfs
	assert_shares "$to/0" "$to/"{1..9}
	assert_grown_by "$SIZE" "$to"
}

@test "from tmpfs to ten files on btrfs: one copy" {
	ten tmpfs btrfs
	assert_shares "$to/0" "$to/"{1..9}
	assert_grown_by "$SIZE" "$to"
}

@test "from btrfs to ten files on xfs: one copy" {
	ten btrfs xfs
	assert_shares "$to/0" "$to/"{1..9}
	assert_grown_by "$SIZE" "$to"
}

@test "from xfs to ten files on it: no copy" {
	ten xfs xfs
	assert_shares "$source" "$to/"{0..9}
	assert_grown_by 0 "$to"
}

@test "from tmpfs to ten files on ext4: ten copies" {
	ten tmpfs ext4
	assert_grown_by $((10 * SIZE)) "$to"
}

@test "--reflink=never makes ten copies on xfs" {
	source=$(at tmpfs)/file
	to=$(at xfs)
	file_make "$source" "$SIZE"
	growth_start "$to"
	ovl_cp --reflink=never --fan-out "$source" "$to/"{0..9}
	assert_success
	assert_all_equal "$source" "$to/"{0..9}
	assert_grown_by $((10 * SIZE)) "$to"
}
