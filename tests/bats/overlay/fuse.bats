#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# fuse-overlayfs, which is not the kernel's overlay, and refuses FICLONE.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay

setup_file() { stack_file ext4 xfs fuse-overlayfs; }

fuse() { fuse_stack "${1:-$SIZE}"; }

@test "a copy is complete and the source not copied up" {
	fuse
	ovl_cp "$merged/file" "$merged/copy"
	assert_copied file copy
	assert_grown_by "$SIZE"
	assert_untouched "$merged/file"
}

@test "a large fan-out is complete and the source not copied up" {
	fuse 17M
	ovl_cp --fan-out "$merged/file" "$merged/"{one,two,three}
	assert_copied file one two three
	assert_untouched "$merged/file"
}

@test "a source on the upper layer is copied completely" {
	fuse
	: >>"$merged/file"
	ovl_cp "$merged/file" "$merged/copy"
	assert_success
	assert_all_equal "$merged/file" "$merged/copy"
}

@test "--reflink=always fails for a source on the lower layer and leaves nothing" {
	fuse
	ovl_cp --reflink=always "$merged/file" "$merged/copy"
	assert_refused file copy 'cannot clone'
	assert_grown_by 0
	assert_untouched "$merged/file"
}

@test "--copy-up-only makes copy_file_range of any program share" {
	fuse
	ovl_cp -v --copy-up-only "$merged/file"
	assert_output --partial "copied up '$merged/file': $SIZE bytes"
	cp "$merged/file" "$merged/copy"
	assert_cloned file copy
	ovl_cp -v --copy-up-only "$merged/file"
	assert_output --partial 'it can be cloned already'
}

@test "a file is not emptied by a copy onto its own file in the upper layer, or from there" {
	fuse_stack 300K
	file_make "$merged/new" 300K 2
	: >>"$merged/file" # copied up; the kernel may go on showing the ctime of the lower file
	cp "$merged/file" "$merged/again"
	for file in file new again; do
		before=$(sha256sum <"$merged/$file")
		for operands in "$merged/$file $up/upper/$file" "$up/upper/$file $merged/$file"; do
			# shellcheck disable=SC2086 # two words
			ovl_cp $operands
			assert_failure 1
			assert_output --partial 'are the same file'
			assert_equal "$(sha256sum <"$up/upper/$file")" "$before"
		done
	done
	cp -p "$merged/file" "$up/other"
	ovl_cp -p "$merged/file" "$up/other"
	assert_success
	cmp "$merged/file" "$up/other"
}

@test "nor if the user has too many watches to find out" {
	requires strace
	fuse_stack 300K
	: >>"$merged/file"
	chmod g+w "$up/upper/file" # the kernel has a ctime of its own, which is another now
	before=$(sha256sum <"$merged/file")
	run strace -f -o "$BATS_TEST_TMPDIR/trace" -e inject=inotify_init1:error=EMFILE \
		"$OVL_CP" "$merged/file" "$up/upper/file"
	assert_failure 1
	assert_output --partial 'Too many open files'
	grep -q INJECTED "$BATS_TEST_TMPDIR/trace"
	assert_equal "$(sha256sum <"$up/upper/file")" "$before"
}
