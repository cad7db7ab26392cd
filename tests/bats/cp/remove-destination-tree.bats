#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --remove-destination with trees.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

scene() {
	mkdir -p src/sub to/src/sub
	echo new >src/x
	echo newer >src/sub/x
	echo old >to/src/x
	ln to/src/x outside
	echo behind >behind
	ln -s ../../../behind to/src/sub/x
	ln -s new src/soft
	echo file >to/src/soft
}

@test "-R --remove-destination removes files and links, not directories" {
	same_as_cp -R --remove-destination src to
}

@test "-a --remove-destination does so too" { same_as_cp -a --remove-destination src to; }

@test "-Rv --remove-destination prints what it removed" {
	scene() { mkdir -p src to/src && touch src/x to/src/x; }
	same_as_cp -Rv --remove-destination src to
}

@test "-R --remove-destination does not replace a directory by a file" {
	scene() { mkdir -p src to/src/x && touch src/x; }
	same_as_cp -R --remove-destination src to
}

@test "-R --remove-destination does not replace a file by a directory" {
	scene() { mkdir -p src/x to/src && touch to/src/x; }
	same_as_cp -R --remove-destination src to
}

@test "-R --remove-destination of a directory onto a link to a directory is refused" {
	scene() { mkdir -p src/x to/src other && ln -s ../../other to/src/x; }
	same_as_cp -R --remove-destination src to
}

@test "-RT --remove-destination of a directory onto a link to a directory is refused" {
	scene() { mkdir src other && ln -s other to; }
	same_as_cp -RT --remove-destination src to
}

@test "--remove-destination of what may not be removed is refused" {
	scene() { mkdir -p src to/src && touch src/x to/src/x && chmod 555 to/src; }
	twin_as=as_user same_as_cp -R --remove-destination src to
}

@test "-R --remove-destination replaces a FIFO and a dangling link" {
	scene() { mkdir -p src to/src && touch src/{a,b} && mkfifo to/src/a && ln -s no to/src/b; }
	same_as_cp -R --remove-destination src to
}

@test "-d --remove-destination replaces a link by a link" {
	scene() { ln -s new a && mkdir to && ln -s old to/a; }
	same_as_cp -dv --remove-destination a to
}

@test "-d --remove-destination of a link onto what it names is refused" {
	scene() { echo x >x && ln -s x soft; }
	same_as_cp -d --remove-destination soft x
}
