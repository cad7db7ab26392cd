#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --attributes-only: attributes without data.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

scene() {
	echo source >src
	echo old >old
	chmod 640 old
	chmod 751 src
	[ "$(id -u)" != 0 ] || chown 3:4 src
	touch -d '2001-02-03 04:05:06.789' src
	mkdir -p dir/sub into
	echo d >dir/sub/file
	ln -s src link
	ln -s nothing gone && mkfifo fifo
	setfattr -n user.of -v source src
	chmod 777 .
	twin_times=1
}

setup() {
	lab_setup
	requires setfattr
}

@test "--attributes-only makes an empty file" { same_as_cp --attributes-only src new; }

@test "--attributes-only leaves the contents of a file that is there" {
	same_as_cp --attributes-only src old
}

@test "--attributes-only -p gives a new file the attributes" {
	same_as_cp --attributes-only -p src new
}

@test "--attributes-only -p gives an existing file the attributes" {
	same_as_cp --attributes-only -p src old
}

@test "--attributes-only --preserve=all keeps extended attributes" {
	same_as_cp --attributes-only --preserve=all src old
}

@test "--attributes-only -R makes directories and empty files" {
	same_as_cp --attributes-only -R dir new
}

@test "--attributes-only -a of symbolic links and FIFOs copies them" {
	same_as_cp --attributes-only -a link gone fifo into
}

@test "--attributes-only -n leaves an existing file alone" {
	same_as_cp --attributes-only -np src old
}

@test "--attributes-only --remove-destination makes an empty file" {
	same_as_cp --attributes-only --remove-destination src old
}

@test "--attributes-only onto a link to a file changes the file" {
	scene() { echo a >src && chmod 700 src && echo old >old && ln -s old link; }
	same_as_cp --attributes-only -p src link
}

@test "--attributes-only onto a dangling link is refused" {
	same_as_cp --attributes-only src gone
}

@test "--attributes-only of a file that may not be read is refused" {
	scene() { echo a >src && chmod 200 src && chmod 777 .; }
	twin_as=as_user same_as_cp --attributes-only src new
}

@test "--attributes-only --reflink=always shares nothing, and does not fail" {
	same_as_cp --attributes-only --reflink=always src new
}
