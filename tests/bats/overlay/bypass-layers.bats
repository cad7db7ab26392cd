#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Layer bypass: the file of a layer is cloned to a directory on the filesystem of that layer.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # variables of the fixtures
# needs: images

load ../../fixtures/overlay
load ../../fixtures/bypass

setup_file() { stack_file xfs xfs; }

@test "from the upper layer" {
	stack
	mkdir "$merged/dir"
	file_make "$merged/dir/file" "$SIZE"
	assert_past "$up/upper/dir/file" "$merged/dir/file" "$out/copy"
	assert_no_way "$merged/dir/file" "$lower_out/copy"
}

@test "from the lower layer" {
	mkdir -p "$low/a/b"
	file_make "$low/a/b/file" "$SIZE"
	stack
	mkdir "$merged/a/new"
	assert_past "$low/a/b/file" "$merged/a/b/file" "$lower_out/copy"
	assert_no_way "$merged/a/b/file" "$out/copy"
	assert_not_copied_up a/b/file
}

@test "from the upper layer when it was copied up" {
	file_make "$low/file" "$SIZE"
	stack
	: >>"$merged/file"
	assert_past "$up/upper/file" "$merged/file" "$out/copy"
	assert_no_way "$merged/file" "$lower_out/copy"
}

@test "a big file of a tree from the upper layer, also after files of the lower one" {
	mkdir "$low/tree"
	for i in {1..9}; do file_make "$low/tree/$i" 100K "$i"; done
	for i in {1..3}; do file_make "$low/tree/big$i" 5M "$i"; done
	stack xino=on # they all have one st_dev
	for i in {1..3}; do : >>"$merged/tree/big$i"; done
	ovl_cp -a -j1 "$merged/tree" "$out/tree"
	assert_success
	for i in {1..3}; do assert_shares "$up/upper/tree/big$i" "$out/tree/big$i"; done
	diff -r "$merged/tree" "$out/tree"
}

@test "through another mount of the filesystem" {
	stack
	file_make "$merged/file" "$SIZE"
	mkdir "$BATS_TEST_TMPDIR/again"
	mount "$(findmnt -no SOURCE "$BATS_FILE_TMPDIR/up")" "$BATS_TEST_TMPDIR/again"
	past "$merged/file" "$BATS_TEST_TMPDIR/again/copy-$$"
	assert_success
	assert_shares "$up/upper/file" "$BATS_TEST_TMPDIR/again/copy-$$"
}

@test "from an overlay without an upper layer, and from the second of its layers" {
	mkdir "$low/one" "$low/two"
	file_make "$low/two/file" "$SIZE"
	overlay_make "$merged" "$low/one:$low/two" -
	assert_past "$low/two/file" "$merged/file" "$lower_out/copy"
}

@test "not from a file that is mounted over the layer, with its size and mtime" {
	file_make "$low/file" "$SIZE"
	stack
	mkdir "$low/../hidden-$$"
	file_make "$low/../hidden-$$/file" "$SIZE" 99
	touch -r "$low/file" "$low/../hidden-$$/file"
	mount --bind "$low/../hidden-$$" "$low"
	assert_no_way "$merged/file" "$lower_out/copy"
}
