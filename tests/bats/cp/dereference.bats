#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# -L, -H and -P: which symbolic links are followed.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

scene() {
	mkdir -p real/sub into
	echo x >real/x
	echo y >real/sub/y
	ln -s x real/link
	ln -s sub real/dirlink
	ln -s real top
	ln -s real/x file
	ln -s nothing gone
}

@test "-L follows a link" { same_as_cp -L file new; }

@test "-H follows a link" { same_as_cp -H file new; }

@test "-R follows no link" { same_as_cp -R file top into; }

@test "-RH follows the links that are named" { same_as_cp -RH file top into; }

@test "-RH with a slash after a link" { same_as_cp -RH top/ into; }

@test "-RL follows all links" { same_as_cp -RL file top into; }

@test "-RP follows no link" { same_as_cp -RP file top into; }

@test "--dereference is -L" { same_as_cp -R --dereference file top into; }

@test "the last of -L, -H and -P wins" {
	for options in -RLP -RPL -RHL -RLH -RPH -RHP -RdL -RLd -aL -aH -La -LR; do
		rm -rf "$BATS_TEST_TMPDIR"/{cp,ovl}
		same_as_cp $options file top into
	done
}

@test "-d is overridden by -L but keeps hard links" {
	scene() { echo a >a && ln a b && ln -s a c && mkdir into; }
	same_as_cp -dL a b c into
}

@test "-L of a dangling link is refused" { same_as_cp -L gone new; }

@test "-RL of a dangling link is refused" { same_as_cp -RL gone new; }

@test "-RL of a dangling link in a tree is refused, the rest copied" {
	scene() { mkdir real && ln -s nothing real/gone && echo a >real/a; }
	same_as_cp -RL real new
}

@test "-RL of a link to itself is refused" {
	scene() { mkdir real && ln -s loop real/loop; }
	same_as_cp -RL real new
}

@test "-RL of a link to its own directory is refused" {
	scene() { mkdir real && ln -s . real/here; }
	same_as_cp -RL real new
}

@test "-RL of a link to a directory above is refused" {
	scene() { mkdir -p real/a/b && ln -s .. real/a/b/up; }
	same_as_cp -RL real new
}

@test "-RL of two links to one directory copies it twice" {
	scene() { mkdir real one && echo a >one/a && ln -s ../one real/a && ln -s ../one real/b; }
	same_as_cp -RL real new
}

@test "-RLv prints the names of the links" { same_as_cp -RLv file into; }

@test "-Rp of a link to a file keeps the link" { same_as_cp -Rp file into; }
