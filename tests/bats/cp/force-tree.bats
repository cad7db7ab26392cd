#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# -f with trees, and for destinations that cannot be opened.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

scene() {
	chmod 777 .
	mkdir -p src to/src
	echo new >src/x
	echo old >to/src/x
	chmod 444 to/src/x
	chmod 777 to to/src
	ln -s nothing gone
	echo f >f
}

@test "-R is refused by a file that may not be written" { twin_as=as_user same_as_cp -R src to; }

@test "-Rf replaces a file that may not be written" { twin_as=as_user same_as_cp -Rf src to; }

@test "-af replaces a file that may not be written" { twin_as=as_user same_as_cp -af src/x to/src; }

@test "-Rf goes on where even that is refused" {
	scene() {
		mkdir -p src/a src/b to/src/a to/src/b
		echo 1 >src/a/x
		echo 2 >src/b/x
		cp src/a/x to/src/a/x
		chmod 444 to/src/a/x
		chmod 555 to/src/a
		chmod 777 to/src/b
	}
	twin_as=as_user same_as_cp -Rf src to
}

@test "-Rf does not replace a directory by a file" {
	scene() { mkdir -p src to/src/x && touch src/x; }
	same_as_cp -Rf src to
}

@test "-Rf does not replace a file by a directory" {
	scene() { mkdir -p src/x to/src && touch to/src/x; }
	same_as_cp -Rf src to
}

@test "-Rf does not replace a link to a directory by a directory" {
	scene() { mkdir -p src/x to/src other && ln -s ../../other to/src/x; }
	same_as_cp -Rf src to
}

@test "-f breaks no hard link that it can write to" {
	scene() { echo a >a && echo b >b && ln b c; }
	same_as_cp -f a b
}

@test "-f breaks the hard link that it cannot write to" {
	scene() { chmod 777 . && echo a >a && echo b >b && ln b c && chmod 444 b; }
	twin_as=as_user same_as_cp -f a b
}

@test "-f through a link to a file that may not be written replaces the link" {
	scene() { chmod 777 . && echo a >a && echo b >b && chmod 444 b && ln -s b link; }
	twin_as=as_user same_as_cp -f a link
}

@test "-f replaces a socket" {
	requires python3
	scene() {
		echo a >a
		python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("s")'
	}
	same_as_cp a s
	rm -rf "$BATS_TEST_TMPDIR"/{cp,ovl}
	same_as_cp -f a s
}

@test "-f does not write through a dangling link" { same_as_cp -f f gone; }
