#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# From a filesystem without access control lists to where there are some: the copy has the mode of
# its source, and no list.

load ../../fixtures/common

setup() {
	requires root setfacl overlay # which needs permission to mount
	cd "$BATS_TEST_TMPDIR" || return
	mkdir none to
	mount -t ramfs none none
	mkdir -p none/src/dir
	echo data >none/src/file
	chmod 640 none/src/file
	chmod 751 none/src/dir
	setfacl -d -m u:1:rwx to
}

has_no_list() {
	assert_equal "$(stat -c %a "$1")" "$2"
	assert_equal "$(getfacl -cps "$1")" ''
}

@test "a new file and a new tree in a directory with a default list" {
	for how in -a -Rp '-R --preserve=mode'; do
		# shellcheck disable=SC2086 # words
		ovl_cp $how none/src to
		assert_success
		assert_output ''
		has_no_list to/src/file 640
		has_no_list to/src/dir 751
		rm -r to/src
	done
}

@test "a file and a directory that exist with lists" {
	ovl_cp -R none/src to
	assert_success
	setfacl -m u:1:rwx to/src/file to/src/dir
	ovl_cp -a none/src to
	assert_success
	assert_output ''
	has_no_list to/src/file 640
	has_no_list to/src/dir 751
}

@test "a file of /proc" {
	ovl_cp -p /proc/version to
	assert_success
	has_no_list to/version 444
}
