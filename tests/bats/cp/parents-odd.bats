#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --parents: unusual names, obstacles in the destination, and permissions.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

scene() {
	chmod 777 .
	mkdir -p a/b/c to
	echo file >a/b/c/file
}

@test "--parents of an absolute name makes all of its directories" {
	scene() { mkdir to; }
	same_tree_as_cp --parents /proc/version to
	assert_file_not_empty "$BATS_TEST_TMPDIR/ovl/to/proc/version"
}

@test "--parents -v prints an absolute name" {
	scene() { mkdir to; }
	same_as_cp --parents -v /dev/null to
}

@test "--parents -v prints as many slashes at the beginning as were given" {
	scene() { mkdir to; }
	same_as_cp --parents -v //dev//null ///proc/version to/
}

@test "--parents -v of a name with slashes at the beginning, into the current directory" {
	same_as_cp --parents -v //dev/null .
}

@test "--parents with dots in the name" { same_as_cp --parents ./a/./b/c/file to; }

@test "--parents with two dots in the name goes where they lead" {
	same_as_cp --parents a/b/../b/c/file to
}

@test "--parents with two dots at the beginning goes where they lead" {
	inside() { (cd a && "$@"); }
	twin_as=inside same_as_cp --parents ../a/b/c/file ../to
}

@test "--parents with several slashes in the name" { same_as_cp --parents -v a//b///c/file to; }

@test "--parents -R of a name that ends in two dots copies what is there" {
	cd "$BATS_TEST_TMPDIR" || return
	mkdir -p a/b/c to
	echo 1 >a/b/file
	ovl_cp --parents -R a/b/c/.. to
	assert_success
	assert_file_exists to/a/b/file
}

@test "--parents -R of the current directory into itself is refused" {
	twins --parents -R . to
	_agree status
	_agree err
}

@test "--parents with a file where a directory must be is refused" {
	scene() { mkdir -p a/b to && echo x >a/b/x && echo file >to/a; }
	same_as_cp --parents a/b/x to
}

@test "--parents with a dangling link where a directory must be is refused" {
	scene() { mkdir -p a/b to && echo x >a/b/x && ln -s nothing to/a; }
	same_as_cp --parents a/b/x to
}

@test "--parents goes through a link to a directory" {
	scene() { mkdir -p a/b to/other && echo x >a/b/x && ln -s other to/a; }
	same_as_cp --parents a/b/x to
}

@test "--parents that fails for one goes on with the others" {
	scene() { mkdir -p a b to && echo x >a/x && echo y >b/y && echo file >to/a; }
	same_as_cp --parents a/x b/y to
}

@test "--parents where nothing may be made is refused" {
	scene() { mkdir -p a to && echo x >a/x && chmod 555 to; }
	twin_as=as_user same_as_cp --parents a/x to
}

@test "--parents with a name that may not be searched is refused" {
	scene() { mkdir -p a/b to && echo x >a/b/x && chmod 777 to && chmod 0 a/b; }
	twin_as=as_user same_as_cp --parents a/b/x to
}
