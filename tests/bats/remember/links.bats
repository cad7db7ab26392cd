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

@test "also after a fan-out, and after a tree with hard links in it" {
	a_file
	ovl_cp --remember="$records" --share=hardlink --fan-out "$merged/file" "$merged"/{1,2,3}
	linked "$merged/file" "$merged/4"
	ovl_cp --remember="$records" --share=hardlink --fan-out "$merged/file" "$merged"/{5,6,7}
	linked "$merged/file" "$merged/8"
	assert_equal "$(stat -c %h "$merged/8")" 8
	mkdir "$low/tree"
	file_make "$low/tree/a" 1M
	ln "$low/tree/a" "$low/tree/b"
	growth_start "$up"
	for i in 1 2; do
		ovl_cp --remember="$records" -a "$low/tree" "$up/tree$i"
		assert_success
		diff -r "$low/tree" "$up/tree$i"
	done
	assert_grown_by $((1 << 20))
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

@test "with reflink,hardlink a file of one byte, which can be cloned, is not linked" {
	printf x >"$low/file"
	mkdir "$low/dir" "$up/dir"
	OVL_CP_SHARE=reflink,hardlink copies "$low/file" "$up/dir"/{1,2} "$low/dir"/{1,2}
	assert_equal "$(stat -c %h "$up/dir/2" "$low/dir/2" | paste -sd ' ')" '1 2'
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
