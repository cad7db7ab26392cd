#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Extended attributes: --preserve=xattr, =all and -a.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

setup() {
	requires setfattr
}

scene() {
	chmod 777 .
	mkdir -p src/sub to
	echo x >src/x
	echo y >src/sub/y
	ln -s x src/soft && mkfifo src/fifo
	setfattr -n user.text -v value src/x
	setfattr -n user.empty src/x
	setfattr -n user.bytes -v 0x00ff0a2f00 src/x
	setfattr -n user.long -v "$(printf '%01000d' 1)" src/sub/y
	setfattr -n user.dir -v d src/sub
	echo old >to/x
	setfattr -n user.old -v o to/x && setfattr -n user.text -v other to/x
	chmod 666 to/x
	chmod 777 to
}

@test "extended attributes are not kept without being asked for" { same_as_cp -Rp src to; }

@test "--preserve=xattr keeps them" { same_as_cp -R --preserve=xattr src to; }

@test "--preserve=all keeps them" { same_as_cp -R --preserve=all src to; }

@test "-a keeps them" { same_as_cp -a src to; }

@test "-a --no-preserve=xattr does not" { same_as_cp -a --no-preserve=xattr src to; }

@test "an existing file keeps those that the source has not" { same_as_cp -a src/x to; }

@test "an existing directory keeps those that the source has not" {
	scene() {
		mkdir -p src to/src
		setfattr -n user.a -v new src
		setfattr -n user.a -v old to/src
		setfattr -n user.b -v old to/src
	}
	same_as_cp -a src to
}

@test "an ordinary user keeps them too" { twin_as=as_user same_as_cp -a src to; }

@test "an ordinary user keeps them for a file that may not be written" {
	scene() {
		echo x >x && setfattr -n user.a -v b x && chmod 444 x
		mkdir -m 777 to
	}
	twin_as=as_user same_as_cp -a x to
	rm -rf "$BATS_TEST_TMPDIR"/{cp,ovl}
	twin_as=as_user same_as_cp --preserve=xattr x to
}

@test "--parents -a keeps those of the directories that it makes, where cp does not" {
	twins -a --parents src/sub/y to
	_agree status
	assert_equal "$(getfattr --only-values -n user.dir "$BATS_TEST_TMPDIR/ovl/to/src/sub")" d
}

@test "--attributes-only --preserve=xattr keeps them" {
	same_as_cp --attributes-only --preserve=xattr src/x to
}

@test "-l and -s have nothing to do with them" { same_as_cp -Rlf --preserve=xattr src/. to; }

@test "many and long ones are kept" {
	scene() {
		touch x
		for i in {1..25}; do setfattr -n "user.number$i" -v "value $i" x; done
	}
	same_as_cp -a x y
}
