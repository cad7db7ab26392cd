#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Each advice of --explain helps when it is followed: then the data is shared.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay
load ../../fixtures/explain

setup_file() { stack_file ext4 xfs; }

scene() {
	file_make "$low/small" 5000
	file_make "$low/large" "$SIZE"
	mkdir "$low/tree" && file_make "$low/tree/file" 6000
	: >"$low/empty"
	stack
	cd "$merged" || return
	watched=("$merged" "$up")
}

@test "a small file: --copy-up=always, a smaller --copy-up-min, or a fan-out" {
	scene
	advised '--copy-up=always, or a smaller --copy-up-min; with --fan-out' small new
	followed --copy-up-min=4K small new
	advised '--copy-up=always' tree/file new
	followed --copy-up=always tree/file new2
	advised 'allow the copy-up: --copy-up=always' --copy-up=never large new3
	followed --copy-up=always large new3
}

@test "a tree: --copy-up=always" {
	scene
	advised 'use --copy-up=always, which copies up each file' -R tree new
	followed --copy-up=always -R tree new
	assert_shares "$up/upper/"{tree,new}/file
}

@test "small files of a tree, where the upper layer cannot clone, are not advised to be copied up" {
	scene
	file_make "$low/tree/other" 6000
	fs_make ext4 "$BATS_TEST_TMPDIR/ext4"
	overlay_make "$BATS_TEST_TMPDIR/merged2" "$low" "$BATS_TEST_TMPDIR/ext4"
	cd "$BATS_TEST_TMPDIR/merged2" || return
	run "$OVL_CP" --explain -R tree new
	assert_success
	refute_output --partial 'copy-up=always'
	assert_line --partial 'to share:    2 files: put the upper layer on a filesystem that can clone'
}

@test "what the user forbade: drop it, or allow it" {
	scene
	advised 'use --reflink=auto' --reflink=never large new
	advised 'drop --sparse' --sparse=always large new
	followed large new
	mkdir "$up/plain"
	advised 'drop --no-layer-bypass' --no-layer-bypass large "$up/plain/new"
	followed large "$up/plain/new"
	file_make short 4097
	advised 'use --reflink=always or --require=share' short "$up/plain/new2"
	followed --reflink=always short "$up/plain/new2"
}

@test "--debug gives a reason in full for the first file, and then refers to it" {
	scene
	ovl_cp --debug small empty tree/file large "$(mkdir to && echo to)"
	assert_success
	assert_equal "$(grep -c "^  not shared with the source: 'small' is on a lower layer" <<<"$output")" 1
	assert_line "  not shared with the source: for the same reason as 'to/small' (lower-small)"
	refute_output --partial "'tree/file' is on a lower layer"
	assert_line '  not shared with the source: the source reports a size of 0, so there is nothing to share'
}

@test "a refusal gives no advice that it would refuse as well: a fan-out has a first copy" {
	scene
	ovl_cp_split --reflink=always --copy-up=never large new
	assert_failure 1
	grep -x 'ovl-cp: to share it: allow the copy-up: --copy-up=always' <<<"${stderr?}"
	[[ $stderr != *--fan-out* ]] || fail "$stderr"
}

@test "a refusal and --debug give advice, once for a reason" {
	scene
	ovl_cp --debug small empty large "$(mkdir to && echo to)"
	assert_equal "$(grep -c '^  to share it: ' <<<"$output")" 1
	fs_make tmpfs "$BATS_TEST_TMPDIR/to"
	ovl_cp_split --reflink=always small large "$BATS_TEST_TMPDIR/to"
	assert_failure 1
	assert_equal "$(grep -c '^ovl-cp: to share it: copy within the overlay' <<<"$stderr")" 1
}
