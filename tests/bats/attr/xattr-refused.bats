#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Extended attributes that cannot or must not be preserved.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

setup() {
	requires overlay setfattr # which needs permission to mount
}

# a destination on a filesystem without extended attributes
scene() {
	mkdir -p src to
	echo x >src/x
	setfattr -n user.a -v b src/x src
	mount -t ramfs -o mode=777 none to
}

@test "-a on a filesystem without them prints nothing" { same_as_cp -a src/x to; }

@test "-a of a tree on a filesystem without them prints nothing" {
	same_as_cp -a src to
}

@test "--preserve=all on a filesystem without them prints nothing" {
	same_as_cp --preserve=all src/x to
}

@test "--preserve=xattr on a filesystem without them is an error, but the file is copied" {
	same_as_cp --preserve=xattr src/x to
}

@test "-a --preserve=xattr on a filesystem without them is an error" {
	same_as_cp -a --preserve=xattr src/x to
}

@test "--preserve=xattr of a file without them is not an error" {
	scene() { echo x >x && mkdir to && mount -t ramfs none to; }
	same_as_cp --preserve=xattr x to
}

@test "--preserve=xattr from a filesystem without them is not an error" {
	scene() { mkdir from && mount -t ramfs none from && echo x >from/x; }
	same_as_cp --preserve=xattr from/x new
}

@test "an ordinary user does not see trusted ones, and keeps the others" {
	scene() {
		echo x >x
		setfattr -n user.a -v b x
		setfattr -n trusted.a -v b x
		chmod 777 .
	}
	twin_as=as_user same_as_cp --preserve=xattr x new
}

@test "root keeps trusted ones, those of symbolic links too" {
	scene() {
		mkdir src
		echo x >src/x
		ln -s x src/soft
		setfattr -n trusted.a -v file src/x
		setfattr -h -n trusted.a -v link src/soft
	}
	same_as_cp -a src new
}
