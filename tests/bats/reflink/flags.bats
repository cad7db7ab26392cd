#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# On btrfs a file without copy-on-write (chattr +C) and one with it cannot share data, although
# the filesystem says that it can clone.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay

setup_file() {
	requires loop overlay fs:ext4 reflink:btrfs chattr filefrag || return 0
	fs_make btrfs "$BATS_FILE_TMPDIR/up" && fs_make ext4 "$BATS_FILE_TMPDIR/low"
}

# places: creates the directories $cow and $nocow on btrfs.
places() {
	cow=$up/cow nocow=$up/nocow
	mkdir "$cow" "$nocow"
	chattr +C "$nocow"
}

@test "from a normal file to one without copy-on-write: the bytes" {
	places
	file_make "$cow/file" "$SIZE"
	ovl_cp --debug "$cow/file" "$nocow/copy"
	assert_success
	assert_output --partial 'differ in whether btrfs keeps checksums'
	assert_all_equal "$cow/file" "$nocow/copy"
	ovl_cp --debug "$nocow/copy" "$cow/back"
	assert_success
	assert_output --partial 'differ in whether btrfs keeps checksums'
	assert_all_equal "$cow/file" "$cow/back"
}

@test "from a normal file to one without copy-on-write: --reflink=always gives it the flag of the source" {
	places
	file_make "$cow/file" "$SIZE"
	ovl_cp --debug --reflink=always "$cow/file" "$nocow/copy"
	assert_success
	assert_output --partial '(rule: clone-matched)'
	shares_extents "$cow/file" "$nocow/copy"
	assert_equal "$(lsattr "$nocow/copy" | cut -d ' ' -f 1 | tr -d -)" ''
	ovl_cp --reflink=always "$nocow/copy" "$nocow/again"
	assert_success
	file_make "$nocow/file" "$SIZE"
	ovl_cp --require=clone "$nocow/file" "$cow/copy"
	assert_success
	assert_equal "$(lsattr "$cow/copy" | cut -d ' ' -f 1 | tr -d -)" C
}

@test "between two files without copy-on-write: a clone" {
	places
	file_make "$nocow/file" "$SIZE"
	ovl_cp --reflink=always "$nocow/file" "$nocow/copy"
	assert_success
	assert_shares "$nocow/file" "$nocow/copy"
}

@test "one that was refused does not keep the next from being cloned" {
	places
	file_make "$cow/file" "$SIZE"
	growth_start "$up"
	ovl_cp --fan-out "$cow/file" "$nocow/1" "$cow/1" "$nocow/2" "$cow/2"
	assert_success
	assert_all_equal "$cow/file" "$nocow/"{1,2} "$cow/"{1,2}
	assert_shares "$cow/file" "$cow/"{1,2}
}

@test "a fan-out from elsewhere to both kinds: all complete, at most one copy for each kind" {
	places
	file_make "$low/file" "$SIZE"
	growth_start "$up"
	ovl_cp --fan-out "$low/file" "$cow/1" "$nocow/1" "$cow/2" "$nocow/2" "$cow/3" "$nocow/3"
	assert_success
	assert_all_equal "$low/file" "$cow/"{1,2,3} "$nocow/"{1,2,3}
	assert_shares "$cow/1" "$cow/"{2,3}
	assert_shares "$nocow/1" "$nocow/"{2,3}
	assert_grown_by $((2 * SIZE))
}
