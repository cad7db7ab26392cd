#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# -s with directories, with symbolic links, and with other options.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

setup() {
	lab_setup
	# an absolute path that both use
	abs=$BATS_TEST_TMPDIR/outside
	mkdir -p "$abs/dir/sub"
	echo a >"$abs/dir/file"
	echo b >"$abs/dir/sub/deep"
	ln -s file "$abs/dir/soft"
	ln -s nothing "$abs/dir/gone"
	mkfifo "$abs/dir/fifo"
}

scene() {
	echo source >src
	mkdir -p dir/sub into
	echo d >dir/file
	ln -s src soft
	ln -s nothing gone
	ln -s dir dirlink
}

@test "-sR of an absolute name makes directories, and links in them" {
	same_as_cp -sR "$abs/dir" new
}

@test "-sR of an absolute name into a directory" { same_as_cp -sR "$abs/dir" into; }

@test "-sR merges with a tree" {
	same_files_as_cp -sRT "$abs/dir" dir # each existing file is reported
}

@test "-sRf replaces in a tree" { same_as_cp -sRfT "$abs/dir" dir; }

@test "-sR of a relative name is refused for each file" {
	scene() { mkdir dir && echo a >dir/x; }
	same_as_cp -sR dir new
}

@test "-sa of an absolute name" { same_as_cp -sa "$abs/dir" new; }

@test "-s of a directory without -R is omitted" { same_as_cp -s "$abs/dir" new; }

@test "-s of a symbolic link is a link to the symbolic link" { same_as_cp -s soft new; }

@test "-sP of a symbolic link is a link to it too" { same_as_cp -sP soft new; }

@test "-sL of a symbolic link is a link to it too" { same_as_cp -sL soft new; }

@test "-s of a dangling link is refused" { same_as_cp -s gone new; }

@test "-sP of a dangling link is a link to it" { same_as_cp -sP gone new; }

@test "-s of a link to a directory is omitted without -R" { same_as_cp -s dirlink new; }

@test "-s of a missing file is refused" { same_as_cp -s none new; }

@test "-sv prints source and destination" { same_as_cp -sv src new; }

@test "-s --parents of an absolute name" { same_tree_as_cp -s --parents /proc/version into; }

@test "-s --parents of a relative name is refused" { same_as_cp -s --parents dir/file into; }

@test "-s with a slash after the source" { same_as_cp -s src/ new; }

@test "-sp changes nothing" { same_as_cp -sp src new; }

@test "-s of a name of any bytes" {
	scene() { echo a >$'a\n\xff b'; }
	same_as_cp -s $'a\n\xff b' new
}
