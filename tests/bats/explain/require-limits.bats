#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --require: the files after a failure, and what is not done to avoid one.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay

setup_file() { stack_file ext4 xfs; }

scene() {
	file_make "$low/file" 5000
	file_make "$low/linked" 6000 && ln "$low/linked" "$low/linked2"
	stack
	cd "$merged" || return
	fs_make tmpfs "$BATS_TEST_TMPDIR/to"
	to=$BATS_TEST_TMPDIR/to
}

@test "a backup is renamed back, and a file that would be split is reported" {
	scene
	echo before >"$to/file"
	ovl_cp --require=clone -b file "$to/file"
	assert_failure 1
	assert_equal "$(cat "$to/file")" before
	assert_not_exists "$to/file~"
	ovl_cp --require=clone linked new
	assert_failure 1
	assert_line --partial 'a copy-up would break its hard links'
	assert_line 'ovl-cp: to share it: mount the overlay with index=on'
	assert_not_exists new
}

@test "a limit that was named and a copy-up that was forbidden count" {
	scene
	ovl_cp --require=share --copy-up=never file new
	assert_failure 1
	ovl_cp --require=share --copy-up-min=1M file new
	assert_failure 1
	assert_not_exists new
	assert_not_copied_up file
}

@test "where nothing can be shared a file of less than 4096 bytes is written, unless a clone is required" {
	fs_make ext4 "$BATS_TEST_TMPDIR/ext4" 64
	cd "$BATS_TEST_TMPDIR/ext4"
	file_make less 4095
	file_make more 4096
	ovl_cp --require=share less new
	assert_success
	cmp less new
	ovl_cp --require=share more new2
	assert_failure 1
	ovl_cp --require=clone less new3
	assert_failure 1
	assert_equal "$(echo *)" 'less lost+found more new'
}
