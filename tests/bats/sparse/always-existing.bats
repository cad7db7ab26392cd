#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --sparse=always onto files that exist, into trees, and to what cannot have holes.
# needs: images
# shellcheck disable=SC2317 # fill is called by each

load ../../fixtures/common
load ../../fixtures/cp

setup_file() {
	requires loop fs:ext4 || return 0
	fs_make ext4 "$BATS_FILE_TMPDIR/ext4"
	fs_make tmpfs "$BATS_FILE_TMPDIR/tmpfs"
}

setup() {
	lab_setup
	cd "$BATS_FILE_TMPDIR/ext4" || return
	rm -rf src new tree to
	{ seq 20000; head -c 1M /dev/zero; seq 20000; } >src
}

# sparse FILE: asserts that FILE is a copy of src whose zeros are a hole.
sparse() {
	cmp src "$1"
	[ $(($(sync "$1" && stat -c %b "$1") * 512)) -lt 400000 ] || fail "$1 has no hole"
}

@test "an existing file full of data gets the hole" {
	seq 2000000 >new
	ovl_cp --sparse=always src new
	assert_success
	sparse new
}

@test "an existing longer file has the size of the source" {
	head -c 3M /dev/zero >src
	seq 2000000 >new
	ovl_cp --sparse=always src new
	assert_success
	assert_equal "$(stat -c %s:%b new)" 3145728:0
}

@test "files in trees get holes" {
	mkdir tree
	cp --sparse=never src tree/a
	ovl_cp -a --sparse=always tree to
	assert_success
	sparse to/a
}

@test "a copy from and to tmpfs gets a hole" {
	cp --sparse=never src "$BATS_FILE_TMPDIR/tmpfs/src"
	ovl_cp --sparse=always "$BATS_FILE_TMPDIR/tmpfs/src" new
	assert_success
	sparse new
	ovl_cp --sparse=always src "$BATS_FILE_TMPDIR/tmpfs/new"
	assert_success
	sparse "$BATS_FILE_TMPDIR/tmpfs/new"
}

@test "room that was set aside and not written becomes a hole" {
	rm src
	fallocate -l 1M src
	seq 100 1<>src
	ovl_cp --sparse=always src new
	assert_success
	cmp src new
	[ "$(stat -c %b new)" -le 16 ]
}

@test "-p keeps the times of a file that got a hole" {
	touch -d '2001-02-03 04:05:06.123456789' src
	ovl_cp -p --sparse=always src new
	assert_success
	sparse new
	assert_equal "$(stat -c %.9Y new)" 981173106.123456789
}
