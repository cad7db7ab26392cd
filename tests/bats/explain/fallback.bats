#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --fallback: what is reported if data was written because it could not be shared.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay

setup_file() { stack_file ext4 xfs; }

scene() {
	mkdir -p "$low/tree/sub"
	file_make "$low/one" 5000
	file_make "$low/two" 6000
	file_make "$low/linked" "$SIZE" && ln "$low/linked" "$low/linked2"
	file_make "$low/tree/one" 4000
	file_make "$low/tree/sub/two" 70000
	: >"$low/empty"
	stack
	cd "$merged" || return
	fs_make tmpfs "$BATS_TEST_TMPDIR/to"
	to=$BATS_TEST_TMPDIR/to
	mkdir dir
}

@test "without it, and with silent, nothing is reported" {
	scene
	for option in '' --fallback=silent; do
		ovl_cp_split ${option:+$option} -R one two linked tree empty "$to"
		assert_success
		assert_equal "$output$stderr" ''
	done
}

@test "warn reports each reason once for a pair of filesystems, with advice, and counts the files" {
	scene
	ovl_cp_split --fallback=warn one two linked linked2 dir
	assert_success
	assert_equal "$output" ''
	assert_equal "$(grep -c '^ovl-cp: warning: ' <<<"$stderr")" 2
	grep -F "ovl-cp: warning: 'dir/one' does not share its data: 'one' is on a lower layer" <<<"$stderr"
	grep -F "warning: 'dir/linked' does not share its data: " <<<"$stderr" | grep -F 'hard links'
	assert_equal "$(grep -c '^ovl-cp: to share it: ' <<<"$stderr")" 2
	assert_equal "$(tail -n 2 <<<"$stderr")" "\
ovl-cp: 2 files (10.7 KiB) were written in full for the same reason as 'dir/one'
ovl-cp: 2 files (6.0 MiB) were written in full for the same reason as 'dir/linked'"
	assert_all_equal "$low/two" dir/two
}

@test "the same reason between other filesystems is reported again" {
	scene
	fs_make tmpfs "$BATS_TEST_TMPDIR/to2"
	ovl_cp_split --fallback=warn --fan-out one "$to/one" "$to/two" "$BATS_TEST_TMPDIR/to2/one"
	assert_success
	assert_equal "$(grep -c '^ovl-cp: warning: ' <<<"$stderr")" 2
}

@test "error reports each file, which is complete, and makes the exit status 1" {
	scene
	ovl_cp_split --fallback=error -R one two tree empty "$to"
	assert_failure 1
	assert_equal "$(grep -c "does not share its data" <<<"$stderr")" 4
	run ! grep -F warning <<<"$stderr"
	assert_all_equal "$low/two" "$to/two"
	assert_all_equal "$low/tree/sub/two" "$to/tree/sub/two"
}

@test "what was asked for is not a fallback" {
	scene
	: >>two
	for args in '--reflink=never one' '--sparse=always one' 'empty' '--copy-up=always one' 'two'; do
		# shellcheck disable=SC2086 # several words
		ovl_cp_split --fallback=error $args new
		assert_success
		assert_equal "$stderr" ''
	done
	# the first one of a fan-out is written for the others
	ovl_cp_split --fallback=error --fan-out tree/sub/two new1 new2
	assert_success
	assert_equal "$stderr" ''
}
