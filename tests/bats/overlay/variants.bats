#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Unusual overlays: nested, volatile, with deep directories, with a data-only layer.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay

setup_file() { stack_file ext4 xfs; }

@test "an overlay below an overlay: only the outer one copies up" {
	inner=$BATS_TEST_TMPDIR/inner
	mkdir "$up/inner"
	file_make "$low/file" "$SIZE"
	overlay_make "$inner" "$low" "$up/inner"
	low=$inner
	stack
	remember "$merged/file" "$inner/file"
	ovl_cp "$merged/file" "$merged/copy"
	assert_cloned file copy
	assert_grown_by "$SIZE"
	assert_not_exists "$up/inner/upper/file"
	assert_untouched "$merged/file" "$inner/file"
}

@test "a source on the upper layer of the inner overlay" {
	inner=$BATS_TEST_TMPDIR/inner
	mkdir "$up/inner"
	overlay_make "$inner" "$low" "$up/inner"
	file_make "$inner/file" "$SIZE"
	low=$inner
	stack
	ovl_cp --reflink=always "$merged/file" "$merged/copy"
	assert_cloned file copy
}

@test "a volatile overlay" {
	file_make "$low/file" "$SIZE"
	stack volatile
	remember "$merged/file"
	ovl_cp "$merged/file" "$merged/copy"
	assert_cloned file copy
	assert_grown_by "$SIZE"
	assert_untouched "$merged/file"
}

@test "a deep directory is copied up with the source and keeps its times" {
	mkdir -p "$low/a/b/c"
	file_make "$low/a/b/c/file" "$SIZE"
	touch -d '2002-03-04 05:06:07.089' "$low/a/b/c" "$low/a/b" "$low/a"
	stack
	ovl_cp "$merged/a/b/c/file" "$merged/copy"
	assert_cloned a/b/c/file copy
	assert_equal "$(stat -c %.9Y "$merged/"a{,/b{,/c}} | sort -u)" 1015218367.089000000
}

@test "a file on a data-only layer" {
	mkdir "$low/data" "$low/empty"
	file_make "$low/data/file" "$SIZE"
	mkdir "$up/low" # metadata with a redirect to it
	truncate -s "$SIZE" "$up/low/file"
	setfattr -n trusted.overlay.metacopy "$up/low/file"
	setfattr -n trusted.overlay.redirect -v /file "$up/low/file"
	data=$low/data low=$up/low::$low/data
	stack metacopy=on,redirect_dir=on 2>/dev/null || cannot_run 'the kernel has no data-only layers'
	cmp "$data/file" "$merged/file"
	remember "$merged/file"
	ovl_cp "$merged/file" "$merged/copy"
	assert_cloned file copy
	assert_untouched "$merged/file"
}
