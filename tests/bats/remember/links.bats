#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --remember with --share=hardlink: a copy becomes a hard link to the copy of an earlier call.
# shellcheck disable=SC2030,SC2031,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/remember

setup_file() { stack_file ext4 xfs reflink:xfs; }

linked() { OVL_CP_SHARE=hardlink copies "$@"; }

@test "a loop of copies makes one file with many names, and the source keeps its links" {
	a_file
	linked "$merged/file" "$merged"/{1,2,3,4}
	assert_equal "$(stat -c %h "$merged/4") $(stat -c %h "$merged/file")" '4 1'
	assert_not_copied_up file
	ovl_cp --remember="$records" --share=hardlink --explain "$merged/file" "$merged/5"
	assert_line --regexp '^  method: +hard link$'
}

@test "with reflink,hardlink only where nothing can be cloned" {
	a_file
	mkdir "$low/dir" "$up/dir"
	OVL_CP_SHARE=reflink,hardlink copies "$merged/file" "$merged"/{1,2} "$low/dir"/{1,2,3} "$up/dir"/{1,2}
	assert_equal "$(stat -c %h "$merged/2" "$low/dir/3" "$up/dir/2" | paste -sd ' ')" '1 3 1'
	assert_shares "$up/upper/1" "$up/upper/2"
	assert_shares "$up/dir/1" "$up/dir/2"
	printf X >>"$low/dir/1"
	OVL_CP_SHARE=reflink,hardlink copies "$merged/file" "$low/dir/4"
	ovl_cp --remember="$records" --share=reflink,hardlink --explain "$merged/file" "$low/dir/5"
	assert_line --regexp '^  method: +hard link$'
}

@test "also where nothing can be cloned, and for each filesystem" {
	a_file
	mkdir "$low/dir"
	for i in 1 2 3; do
		linked "$merged/file" "$merged/$i"
		linked "$merged/file" "$low/dir/$i"
	done
	assert_equal "$(stat -c %h "$merged/1") $(stat -c %h "$low/dir/1")" '3 3'
}
