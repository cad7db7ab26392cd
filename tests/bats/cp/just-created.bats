#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Files that were created by the same call.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

scene() {
	mkdir -p a/sub b/sub to
	echo a >a/x
	echo b >b/x
	echo y >b/y
	echo d >a/sub/d
	echo e >b/sub/d
	ln -s ../t a/link
	echo evil >b/link
	echo t >t
}

@test "two files of one name: the second is refused" { same_as_cp a/x b/x to; }

@test "two files of one name: the second is refused with --remove-destination" {
	same_as_cp --remove-destination a/x b/x to
}

@test "two files of one name: the second is left alone with -n" { same_as_cp -n a/x b/x to; }

@test "two files of one name: the second is left alone with -u if it is not newer" {
	same_files_as_cp -u a/x b/x to
}

@test "two files of one name: the second is refused after a yes to -i" {
	twin_stdin=$'y\n' same_but_words -i a/x b/x to
}

@test "two files of one name: the second is refused with -l" { same_as_cp -l a/x b/x to; }

@test "two files of one name: the second is refused with -s" { same_as_cp -s a/x b/x .; }

@test "a file twice is copied once, with a warning" { same_as_cp a/x a/x to; }

@test "a file twice by another spelling is copied once, with a warning" {
	same_as_cp a/x a/./x to
}

@test "a directory twice is copied once, with a warning" { same_as_cp -R a/sub a/sub to; }

@test "a directory twice by another spelling is copied once, with a warning" {
	same_as_cp -R a/sub a/./sub to
}

@test "two directories of one name are merged, and the later file counts" {
	same_as_cp -R a/sub b/sub to
}

@test "contents of two directories are merged, and the later file counts" {
	scene() { mkdir a b to && echo 1 >a/x && echo 2 >b/x; }
	same_as_cp -R a/. b/. to
}

@test "a file is not written through a symbolic link that was just made" {
	same_as_cp -R a/link b/link to
}

@test "a file is not written through it with -f or --remove-destination either" {
	same_as_cp -Rf a/link b/link to
	rm -rf "$BATS_TEST_TMPDIR"/{cp,ovl}
	same_as_cp -R --remove-destination a/link b/link to
}

@test "a directory is not made through a symbolic link that was just made" {
	scene() { mkdir -p a b/d to out && ln -s ../out a/d && touch b/d/x; }
	same_as_cp -R a/d b/d to
}

@test "two symbolic links of one name: the second is refused" {
	scene() { mkdir a b to && ln -s 1 a/x && ln -s 2 b/x; }
	same_as_cp -R a/x b/x to
}
