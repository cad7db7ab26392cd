#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The picture of --map for real files.
# shellcheck disable=SC2030,SC2031,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay
load ../../fixtures/stat

setup_file() { stack_file ext4 xfs; }

# 10 MiB: one character of the picture is 1 MiB.
MAP_SIZE=$((10 * 1024 * 1024))

map() {
	COLUMNS=12 ovl_stat --map "$@"
	assert_success
}

@test "a file that was copied up, a clone of it, and one that was changed since" {
	file_make "$low/file" "$MAP_SIZE"
	stack
	: >>"$merged/file"
	"$OVL_CP" "$merged/file" "$merged/same"
	"$OVL_CP" "$merged/file" "$merged/changed"
	dd if=/dev/zero of="$merged/changed" bs=1M seek=2 count=3 conv=notrunc,fsync status=none
	map "$merged/"{file,same,changed}
	assert_line 'A ##%%%#####'
	assert_line 'B ##%%%#####'
	assert_line 'C ##---#####'
	assert_line --regexp '^  # +7\.0 MiB  A\+B\+C share it$'
	assert_line --regexp '^  % +3\.0 MiB  A\+B share it$'
}

@test "by the path of the upper layer they are the same" {
	file_make "$low/file" "$MAP_SIZE"
	stack
	: >>"$merged/file"
	"$OVL_CP" "$merged/file" "$merged/same"
	map "$merged/file" "$up/upper/same"
	assert_line 'A ##########'
	assert_line 'B ##########'
}

@test "equal addresses on two filesystems are not sharing" {
	# the same image twice: its files have the same addresses
	fs_make xfs "$BATS_TEST_TMPDIR/one" 512
	file_make "$BATS_TEST_TMPDIR/one/file" "$MAP_SIZE"
	umount "$BATS_TEST_TMPDIR/one"
	cp --sparse=always "$BATS_TEST_TMPDIR"/image.* "$BATS_TEST_TMPDIR/second"
	mount -o loop "$BATS_TEST_TMPDIR"/image.* "$BATS_TEST_TMPDIR/one"
	mkdir "$BATS_TEST_TMPDIR/two"
	mount -o loop,nouuid "$BATS_TEST_TMPDIR/second" "$BATS_TEST_TMPDIR/two"
	assert_equal "$(extents "$BATS_TEST_TMPDIR/one/file")" "$(extents "$BATS_TEST_TMPDIR/two/file")"
	map "$BATS_TEST_TMPDIR/"{one,two}/file
	assert_line 'A ----------'
	assert_line 'B ----------'
	assert_line 'A | B  on different filesystems: they share nothing'
}

@test "files of two layers whose device numbers are alike are told apart by their inode numbers" {
	low=$BATS_TEST_TMPDIR/low
	fs_make ext4 "$low" 64
	file_make "$low/file" "$MAP_SIZE"
	stack xino=on
	file_make "$merged/new" "$MAP_SIZE"
	sync "$low/file" "$merged/new"
	assert_equal "$(stat -c %d "$merged/file")" "$(stat -c %d "$merged/new")"
	umount -l "$low" # so that nothing is known about its filesystem
	map "$merged/"{file,new}
	assert_line 'A ----------'
	assert_line 'B ----------'
	assert_line 'A | B  on different filesystems: they share nothing'
}
