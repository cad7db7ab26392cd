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

@test "also where nothing can be cloned, and for each filesystem" {
	a_file
	mkdir "$low/dir"
	for i in 1 2 3; do
		linked "$merged/file" "$merged/$i"
		linked "$merged/file" "$low/dir/$i"
	done
	assert_equal "$(stat -c %h "$merged/1") $(stat -c %h "$low/dir/1")" '3 3'
}
