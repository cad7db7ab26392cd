#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --preserve=links onto existing files.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

scene() {
	mkdir -p src to/src
	echo a >src/a
	ln src/a src/b
	echo old >to/src/a
	echo older >to/src/b
	mkdir into
	touch -d @1 to/src/a to/src/b
}

@test "-a replaces the second file by a hard link" { same_as_cp -a src to; }

@test "-d replaces existing files by hard links, the first in place" {
	same_as_cp -d src/a src/b to/src
}

@test "-dv prints what it removed" { same_as_cp -dv src/a src/b to/src; }

@test "-d makes hard links that are there anew" {
	scene() { echo a >a && ln a b && mkdir to && echo old >to/a && ln to/a to/b; }
	same_as_cp -dv a b to
}

@test "-d separates what is linked otherwise" {
	scene() { echo a >a && ln a b && echo c >c && mkdir to && echo old >to/b && ln to/b to/c; }
	same_as_cp -d a b c to
}

@test "-d of separate files separates those that are linked" {
	scene() { echo a >a && echo b >b && mkdir to && echo old >to/a && ln to/a to/b; }
	same_as_cp -d a b to
}

@test "-d does not replace a directory" {
	scene() { echo a >a && ln a b && mkdir -p to/b; }
	same_as_cp -d a b to
}

@test "-d replaces a symbolic link by a hard link" {
	scene() { echo a >a && ln a b && mkdir to && echo t >t && ln -s ../t to/b; }
	same_as_cp -d a b to
}

@test "-d replaces a dangling link by a hard link" {
	scene() { echo a >a && ln a b && mkdir to && ln -s nothing to/b; }
	same_as_cp -d a b to
}

@test "-dn leaves the second file alone" { same_as_cp -dn src/a src/b to/src; }

@test "-dn makes the second name where only the first is there" {
	scene() { echo a >a && ln a b && mkdir to && echo old >to/a; }
	same_as_cp -dn a b to
}

@test "-di asks about both" { twin_stdin=$'y\ny\n' same_as_cp -di src/a src/b to/src; }

@test "-du replaces what is older" { same_as_cp -du src/a src/b to/src; }

@test "-du leaves what is newer alone, and links to it" {
	scene() { echo a >a && ln a b && touch -d @5 a && mkdir to && echo new >to/a; }
	same_as_cp -du a b to
}

@test "-db renames both" { same_as_cp -db src/a src/b to/src; }

@test "-d --remove-destination" { same_as_cp -d --remove-destination src/a src/b to/src; }

@test "-d where the first cannot be made copies the second" {
	scene() { echo a >a && ln a b && mkdir -p to/a; }
	same_as_cp -d a b to
}
