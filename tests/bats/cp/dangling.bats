#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Dangling symbolic links as destinations.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

scene() {
	echo source >src
	ln -s nothing gone
	ln -s none/nothing lost
	mkdir -p dir/src dir2 tree
	ln -s nothing dir2/src
	echo x >tree/src
	ln -s loop loop
	mkfifo fifo
}

@test "a file is not written through a dangling link" { same_as_cp src gone; }

@test "a file is not written through a dangling link in a directory" { same_as_cp src dir2; }

@test "a file in a tree is not written through a dangling link" { same_as_cp -RT tree dir2; }

@test "a file is not written through a dangling link with -p" { same_as_cp -p src gone; }

@test "-i asks, and does not write through a dangling link" {
	twin_stdin=$'y\n' same_but_words -i src gone
}

@test "--remove-destination replaces a dangling link" { same_as_cp --remove-destination src gone; }

@test "with POSIXLY_CORRECT a file is written through a dangling link" {
	POSIXLY_CORRECT=1 same_as_cp src gone
}

@test "with POSIXLY_CORRECT a file in a tree is written through a dangling link" {
	POSIXLY_CORRECT=1 same_as_cp -RT tree dir2
}

@test "with POSIXLY_CORRECT and -f a file is written through a dangling link" {
	POSIXLY_CORRECT=1 same_as_cp -f src gone
}

@test "with POSIXLY_CORRECT a link into a missing directory is refused" {
	POSIXLY_CORRECT=1 same_as_cp src lost
}

@test "with POSIXLY_CORRECT a link to itself is refused" { POSIXLY_CORRECT=1 same_as_cp src loop; }

@test "a FIFO replaces a dangling link" { same_as_cp -R fifo gone; }

@test "a directory is not made through a dangling link" { same_as_cp -R tree gone; }

@test "with POSIXLY_CORRECT a directory is not made through a dangling link" {
	POSIXLY_CORRECT=1 same_as_cp -R tree gone
}

@test "several files need a directory, not a dangling link" { same_as_cp src tree/src gone; }

@test "-t with a dangling link is refused" { same_as_cp -t gone src; }

@test "a dangling link with a slash is refused" { same_but_words src gone/; }

@test "a dangling link to another filesystem is not written through" {
	scene() { echo source >src && ln -s /dev/shm/ovl-cp-none gone; }
	same_as_cp src gone
}
