#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Backups when whole trees are copied.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

scene() {
	mkdir -p src/sub to/src/sub plain
	echo new >src/file
	echo newer >src/sub/deep
	ln -s there src/link
	echo old >to/src/file
	echo older >to/src/sub/deep
	ln -s elsewhere to/src/link
	echo f >f
}

@test "-bR merges directories and renames the files in them" { same_as_cp -bR src to; }

@test "-ba does so too" { same_as_cp -ba src to; }

@test "--backup=numbered -R numbers each file" { same_as_cp --backup=numbered -R src to; }

@test "-bR does not rename a directory for a directory" { same_as_cp -bRT src/sub to/src/sub; }

# cp 9.1 refuses that.
@test "-bR of a directory onto a file or a link sets that aside" {
	cd "$BATS_TEST_TMPDIR"
	mkdir -p src/x src/l src/m to/src elsewhere
	touch src/x/y src/l/z
	echo file >to/src/x
	ln -s nothing to/src/l
	ln -s ../../elsewhere to/src/m
	ovl_cp -bR src to
	assert_success
	assert_equal "$(cd to && find . | sort | tr '\n' ' ')" \
		'. ./src ./src/l ./src/l/z ./src/l~ ./src/m ./src/m~ ./src/x ./src/x/y ./src/x~ '
	assert_equal "$(<to/src/x~)" file
	echo file >top
	ovl_cp -RT --backup=numbered -v src/x top
	assert_success
	assert_equal "$(<top.~1~)" file
	ovl_cp -bRT src/. top/y # has no name for a backup
	assert_failure
	[ -f top/y ]
}

@test "-bR of a file onto a directory in a tree is refused all the same" {
	scene() { mkdir -p src to/src/x && echo file >src/x && touch to/src/x/y; }
	same_as_cp -bR src to
}

@test "-bl renames the file for the hard link" { same_as_cp -bl f to/src/file; }

@test "-bs renames the file for the symbolic link" { same_as_cp -bs /proc/version to/src/file; }

@test "-bd renames the file for the symbolic link" { same_as_cp -bd src/link to/src/file; }

@test "-bP renames the symbolic link for the symbolic link" { same_as_cp -bPv src/link to/src; }

@test "-bR renames for a FIFO" {
	scene() { mkfifo fifo && echo old >to; }
	same_as_cp -bR fifo to
}

@test "-b --parents renames below the directory" {
	scene() { mkdir -p a/b to/a/b && echo new >a/b/c && echo old >to/a/b/c; }
	same_as_cp -bv --parents a/b/c to
}

@test "-b --attributes-only leaves an empty file" { same_as_cp -b --attributes-only f to/src; }

@test "a file that was just made is not overwritten, but gets a numbered backup" {
	scene() { mkdir a b to && echo a >a/x && echo b >b/x; }
	same_as_cp -b a/x b/x to
	rm -rf "$BATS_TEST_TMPDIR"/{cp,ovl}
	same_as_cp --backup=numbered a/x b/x to
}
