#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --share: the destinations of a fan-out become hard links of the first one.
# needs: images

load ../../fixtures/common
load ../../fixtures/cp

setup_file() {
	requires loop reflink:xfs fs:ext4 || return 0
	fs_make ext4 "$BATS_FILE_TMPDIR/ext4"
	fs_make xfs "$BATS_FILE_TMPDIR/xfs"
}

setup() {
	lab_setup
	plain=$(mktemp -d -p "$BATS_FILE_TMPDIR/ext4")
	clones=$(mktemp -d -p "$BATS_FILE_TMPDIR/xfs")
	src=$plain/src
	file_make "$src" 2M
}

links() { stat -c %h "$1"; }

@test "--share=hardlink makes links of the first destination, never of the source" {
	ovl_cp --share=hardlink --fan-out "$src" "$plain"/{a,b,c}
	assert_success
	assert_equal "$(links "$src") $(links "$plain/a")" '1 3'
	[ "$plain/a" -ef "$plain/b" ]
	[ "$plain/a" -ef "$plain/c" ]
	cmp "$src" "$plain/c"
}

@test "--share=hardlink copies once for each filesystem where no link can be had" {
	ovl_cp --share=hardlink --fan-out "$src" "$plain/a" "$clones"/{b,c}
	assert_success
	assert_output ''
	cmp "$src" "$clones/b"
	cmp "$src" "$clones/c"
	assert_equal "$(links "$plain/a")" 1
}

@test "--share=reflink,hardlink clones where it can, and links elsewhere" {
	ovl_cp --share=reflink,hardlink --fan-out "$src" "$plain"/{a,b}
	assert_success
	ovl_cp --share=reflink,hardlink --fan-out "$src" "$clones"/{a,b,c}
	assert_success
	assert_equal "$(links "$plain/b")" 2
	assert_equal "$(links "$clones/b")" 1
	shares_extents "$clones/a" "$clones/c"
}

@test "--share=hardlink makes no links of a first destination that is lost, but of the next one" {
	requires strace
	cd "$plain" || return
	inject one close:error=EIO -- --share=hardlink --fan-out src one two three
	assert_failure 1
	assert_output "ovl-cp: failed to close 'one': Input/output error"
	assert_not_exists one
	cmp src two
	assert_equal "$(links two)" 2
}

@test "--share=hardlink replaces files that exist, and links to none that existed" {
	echo old >"$plain/a" && ln "$plain/a" "$plain/other"
	echo old >"$plain/c" && ln "$plain/c" "$plain/c2"
	ovl_cp --share=hardlink --fan-out "$src" "$plain"/{a,b,c}
	assert_success
	assert_equal "$(links "$plain/a")$(links "$plain/b")$(links "$plain/c")" 222
	[ "$plain/b" -ef "$plain/c" ]
	cmp "$src" "$plain/other"
	assert_equal "$(cat "$plain/c2")" old
}

@test "--share=hardlink writes to devices, and puts no link in their place" {
	local option
	requires root
	mknod "$plain/null" c 1 3 && ln -s null "$plain/by-link"
	for option in --explain --force -p --atomic -a; do
		rm -f "$plain"/{a,b}
		ovl_cp --share=hardlink $option --fan-out "$src" "$plain"/{a,null,by-link,b}
		assert_success
		refute_output --partial removed
		assert_equal "$(stat -c '%F %h' "$plain/null")" 'character special file 1'
		assert_equal "$(readlink "$plain/by-link")" null
		[ "$option" = --explain ] || [ "$plain/a" -ef "$plain/b" ]
	done
	ovl_cp --share=hardlink --remove-destination --fan-out "$src" "$plain"/{c,null}
	assert_success
	[ "$plain/c" -ef "$plain/null" ]
}

@test "--share=hardlink works for trees, with their attributes" {
	mkdir "$plain/tree" && ln "$src" "$plain/tree/file" && chmod 700 "$plain/tree"
	ovl_cp --share=hardlink -a --fan-out "$plain/tree" "$plain"/{1,2,3}
	assert_success
	[ "$plain/1/file" -ef "$plain/3/file" ]
	assert_equal "$(links "$plain/1/file")" 3
	assert_equal "$(stat -c '%a %Y' "$plain/3/file")" "$(stat -c '%a %Y' "$src")"
}

@test "--share=hardlink keeps the hard links of a tree in each copy of it" {
	mkdir -p "$plain/tree/sub" && ln "$src" "$plain/tree/a" && ln "$src" "$plain/tree/sub/b"
	for how in hardlink reflink,hardlink; do
		ovl_cp --share=$how -a --fan-out "$plain/tree" "$plain/$how".{1,2,3} "$clones/$how".{1,2}
		assert_success
		for copy in "$plain/$how".{1,2,3} "$clones/$how".{1,2}; do
			[ "$copy/a" -ef "$copy/sub/b" ]
		done
		assert_equal "$(links "$plain/$how.1/a")" 6
	done
}

@test "--explain foretells the links; with -u each destination is judged by itself" {
	ovl_cp --share=hardlink --explain --fan-out "$src" "$plain"/{a,b}
	assert_line --regexp '^  method: +hard link$'
	ovl_cp --share=hardlink -u --fan-out "$src" "$plain"/{a,b}
	assert_equal "$(links "$plain/a")" 1
}
