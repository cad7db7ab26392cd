#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --remember with --share=hardlink: to what a copy does not become a hard link.
# shellcheck disable=SC2030,SC2031,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/remember

setup_file() { stack_file ext4 xfs reflink:xfs; }

linked() { OVL_CP_SHARE=hardlink copies "$@"; }

@test "not to a copy that was changed, nor to one with other attributes" {
	a_file
	linked "$merged/file" "$merged"/{1,2}
	printf X >>"$merged/1"
	linked "$merged/file" "$merged/3"
	assert_equal "$(stat -c %h "$merged/3")" 1
	chmod 755 "$merged/3"
	linked "$merged/file" "$merged/4"
	assert_equal "$(stat -c %h "$merged/4")" 1
	ovl_cp --remember="$records" --share=hardlink -p "$merged/file" "$merged/5"
	assert_equal "$(stat -c '%h %y' "$merged/5")" "1 $(stat -c %y "$merged/file")"
	(umask 077 && "$OVL_CP" --remember="$records" --share=hardlink "$merged/file" "$merged/6")
	assert_equal "$(stat -c '%h %a' "$merged/6")" '1 600'
}

@test "not from or into a directory that gives its group or a list to what is made in it" {
	requires root setfacl
	a_file
	for way in 'chmod g+s' 'setfacl -d -m u::rw,g::-,o::-'; do
		for dir in one two; do mkdir "$merged/$dir"; done
		chgrp 12 "$merged/two"
		$way "$merged/two"
		for copy in one/1 two/2 two/3 one/4; do linked "$merged/file" "$merged/$copy"; done
		cp "$merged/file" "$merged/two/cp"
		assert_equal "$(stat -c '%h %a %g' "$merged/two/"[23])" \
			"$(stat -c '%h %a %g' "$merged/two/"{cp,cp})"
		assert_equal "$(stat -c %h "$merged/one/4")" 2
		rm -r "$merged/one" "$merged/two"
	done
}

@test "not to one that another process has open for writing" {
	a_file
	linked "$merged/file" "$merged/1"
	exec 4>>"$merged/1"
	linked "$merged/file" "$merged/2"
	exec 4>&-
	assert_equal "$(stat -c %h "$merged/1")" 1
}

@test "not to one that lacks an attribute of its source" {
	requires strace setfattr
	file_make "$low/file" 1M
	setfattr -n user.key -v value "$low/file"
	stack
	local as=(--remember="$records" --share=hardlink --preserve=xattr)
	strace -o "$BATS_TEST_TMPDIR/trace" -e trace=fsetxattr -e inject=fsetxattr:error=ENOSPC \
		"$OVL_CP" "${as[@]}" "$merged/file" "$merged/1" || true
	grep -q INJECTED "$BATS_TEST_TMPDIR/trace"
	ovl_cp "${as[@]}" "$merged/file" "$merged/2"
	assert_success
	assert_equal "$(getfattr --only-values -n user.key "$merged/2")" value
	assert_equal "$(stat -c %h "$merged/1")" 1
}

# map_byte FILE: changes a byte of FILE through a mapping.
map_byte() {
	python3 -c 'import mmap, sys
f = open(sys.argv[1], "r+b")
m = mmap.mmap(f.fileno(), 0)
m[8192] = m[8192] ^ 1' "$1"
}

@test "not on tmpfs, nor on an overlay over it, where a changed mapping does not show" {
	fs_make tmpfs "$BATS_TEST_TMPDIR/tmp"
	file_make "$low/file" 1M
	overlay_make "$merged" "$low" "$BATS_TEST_TMPDIR/tmp"
	mkdir "$BATS_TEST_TMPDIR/tmp/plain"
	for dir in "$merged" "$BATS_TEST_TMPDIR/tmp/plain"; do
		linked "$merged/file" "$dir/1"
		map_byte "$dir/1"
		linked "$merged/file" "$dir/2"
	done
	cp "$low/file" "$merged/upper"
	touch -d '2 days ago' "$merged/upper"
	linked "$merged/upper" "$merged/3"
	map_byte "$merged/upper"
	linked "$merged/upper" "$merged/4"
}
