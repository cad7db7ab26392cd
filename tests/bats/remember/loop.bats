#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --remember: calls one after the other share the data of one copy.
# shellcheck disable=SC2030,SC2031,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/remember

setup_file() { stack_file ext4 xfs reflink:xfs; }

@test "a loop of copies takes the room of one, and the source is not copied up" {
	file_make "$low/file" 8M
	stack
	copies "$merged/file" "$merged"/{1,2,3,4,5,6}
	assert_grown_by $((8 << 20))
	assert_not_copied_up file
}

@test "so does a loop of small files, of --copy-up=never, and onto a volume" {
	file_make "$low/small" 86K
	file_make "$low/file" 4M
	stack
	mkdir "$up/volume"
	copies "$merged/small" "$merged"/s{1,2,3,4,5,6,7,8,9}
	copies "$merged/file" "$merged"/f{1,2,3}
	OVL_CP_COPY_UP=never copies "$merged/file" "$merged"/n{1,2,3}
	copies "$low/file" "$up/volume"/{1,2,3}
	assert_grown_by $(((86 << 10) + (8 << 20)))
}

@test "a tree that is copied three times by three calls takes the room of one" {
	mkdir -p "$low/tree/a/b"
	for i in {1..40}; do file_make "$low/tree/a/$i" $((i * 3000)); done
	file_make "$low/tree/a/b/big" 4M
	stack
	for i in 1 2 3; do
		ovl_cp --remember="$records" -a "$merged/tree" "$merged/copy$i"
		assert_success
		diff -r "$merged/tree" "$merged/copy$i"
	done
	assert_grown_by $(((4 << 20) + 3000 * 820))
}

@test "--copy-up=always and --reflink=always clone from a copy, too, and copy up where there is none" {
	file_make "$low/file" 2M
	file_make "$low/other" 2M
	stack
	copies "$merged/file" "$merged/1"
	assert_recalled --copy-up=always "$merged/file" "$merged/2"
	assert_recalled --reflink=always "$merged/file" "$merged/3"
	assert_not_copied_up file
	ovl_cp --remember="$records" --copy-up=always "$merged/other" "$merged/4"
	assert_cloned other 4
}

@test "attributes are those of the source, not of the copy" {
	file_make "$low/file" 2M
	chmod 640 "$low/file"
	setfattr -n user.tag -v value "$low/file"
	stack
	copies "$merged/file" "$merged/1"
	chmod 600 "$merged/1"
	copies "$merged/file" "$merged/2"
	assert_recalled -a "$merged/file" "$merged/3"
	assert_equal "$(state_of "$merged/3")" "$(state_of "$merged/file")"
}

@test "--explain says that a copy would be used, and which; --report has the method" {
	file_make "$low/file" 2M
	stack
	copies "$merged/file" "$merged/1"
	ovl_cp --remember="$records" --explain "$merged/file" "$merged/2"
	assert_line --regexp "^  copy: +'$merged/1'|^  copy: +$merged/1"
	assert_not_exists "$merged/2"
	ovl_cp --remember="$records" --report=- "$merged/file" "$merged/2"
	assert_output --partial '"method":"clone-remembered"'
}
