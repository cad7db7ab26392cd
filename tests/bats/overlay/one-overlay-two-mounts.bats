#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Between two mounts that are not two overlays: a bind mount of the overlay, and the filesystem
# below it.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay

setup_file() { stack_file ext4 xfs; }

@test "a bind mount of the overlay is the same overlay" {
	mkdir "$low/dir" "$BATS_TEST_TMPDIR/bind"
	file_make "$low/file" "$SIZE"
	stack
	mount --bind "$merged/dir" "$BATS_TEST_TMPDIR/bind"
	ovl_cp "$merged/file" "$BATS_TEST_TMPDIR/bind/copy"
	assert_cloned file dir/copy
	assert_grown_by "$SIZE"
	: >>"$merged/dir/copy"
	ovl_cp --reflink=always "$BATS_TEST_TMPDIR/bind/copy" "$merged/back"
	assert_success
	assert_shares "$up/upper/"{file,back}
}

@test "from an overlay to its upper filesystem: the bytes, once for all" {
	file_make "$low/file" "$SIZE"
	stack
	mkdir "$up/plain"
	into=$up/plain
	falls_back "$merged/file" file 'the destination, xfs, is on another mount than the source, one of them is an overlay'
	assert_shares "$up/plain/"{one,two,three}
	assert_grown_by $((2 * SIZE))
}

@test "one fan-out into the overlay and beside it: one copy for each" {
	file_make "$low/file" 17M
	stack
	mkdir "$up/plain"
	remember "$merged/file"
	ovl_cp --fan-out "$merged/file" "$up/plain/1" "$merged/1" "$up/plain/2" "$merged/2"
	assert_cloned file 1 2
	assert_shares "$up/plain/1" "$up/plain/2"
	assert_all_equal "$merged/file" "$up/plain/"{1,2}
	assert_grown_by $((2 * 17 << 20))
	assert_untouched "$merged/file"
}
