#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Access control lists are part of the permissions: -p preserves them, and no file gets a wrong one.
# shellcheck disable=SC2317 # scene is called by the fixture

load ../../fixtures/common
load ../../fixtures/cp

setup() {
	requires setfacl
}

scene() {
	echo source >src
	chmod 600 src
	setfacl -m u:1:rw,g::-,m::rw src
	echo plain >plain
	chmod 640 plain
	echo old >old
	setfacl -m u:2:rw old
}

same_lists() {
	diff -u <(cd "$BATS_TEST_TMPDIR/cp" && getfacl -n "$1") \
		<(cd "$BATS_TEST_TMPDIR/ovl" && getfacl -n "$1")
}

@test "-p gives a new file the source's access list" {
	same_as_cp -p src new
	same_lists new
	run getfacl -n --omit-header "$BATS_TEST_TMPDIR/ovl/new"
	assert_line 'user:1:rw-'
	assert_line 'group::---'
}

@test "-p replaces the access list of an existing file" {
	same_as_cp -p src old
	same_lists old
}

@test "-p takes the access list from an existing file where the source has none" {
	same_as_cp -p plain old
	same_lists old
	run getfacl -n --omit-header "$BATS_TEST_TMPDIR/ovl/old"
	refute_line --partial 'user:2'
}

@test "--preserve=mode is enough for the access list" {
	same_as_cp --preserve=mode src new
	same_lists new
}

@test "--preserve=timestamps is not" {
	same_as_cp --preserve=timestamps src new
	same_lists new
}

@test "-p takes away what a new file has from the default list of its directory" {
	scene() {
		echo plain >plain
		chmod 640 plain
		mkdir dir
		setfacl -m d:u:3:rwx dir
	}
	same_as_cp -p plain dir/new
	same_lists dir/new
}

@test "without -p an existing file keeps its access list" {
	same_as_cp src old
	same_lists old
}

@test "without -p a new file has no access list" {
	same_as_cp src new
	same_lists new
}
