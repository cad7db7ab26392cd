#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# -P and -d: symbolic links stay symbolic links.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

scene() {
	echo file >file
	mkdir dir into
	echo x >dir/x
	ln -s file link
	ln -s dir dirlink
	ln -s nothing gone
	ln -s loop loop
	ln -s /etc/passwd abs
	ln -s "$(printf '%01000d' 0)" long
	echo old >old
	ln -s old oldlink
	ln -s dir olddirlink
	ln -s elsewhere oldgone
	ln file hard
}

each=(link dirlink gone loop abs long)

onto() { # onto OPTION...: copies a link onto each type of destination
	local to
	for to in new old oldlink oldgone; do
		rm -rf "$BATS_TEST_TMPDIR"/{cp,ovl}
		same_as_cp "$@" gone "$to"
	done
}

@test "-P copies symbolic links" { same_as_cp -P "${each[@]}" into; }

@test "--no-dereference is -P" { same_as_cp --no-dereference "${each[@]}" into; }

@test "-d copies symbolic links" { same_as_cp -d "${each[@]}" into; }

@test "-P copies files" { same_as_cp -P file into; }

@test "-P of a symbolic link onto a file, a link and a dangling link" { onto -P; }

@test "-Pf of a symbolic link onto a file, a link and a dangling link" { onto -Pf; }

@test "-P --remove-destination of a symbolic link" { onto -P --remove-destination; }

@test "-Pn of a symbolic link" { onto -Pn; }

@test "-Pv of a symbolic link" { onto -Pv; }

@test "-Pi of a symbolic link" { twin_stdin=$'y\n' onto -Pi; }

@test "-P of a symbolic link goes into a directory" { same_as_cp -P link dir; }

@test "-P of a symbolic link goes into the directory that a link names" {
	same_as_cp -P link olddirlink
}

@test "-PT of a symbolic link does not replace a directory" { same_as_cp -PT link dir; }

@test "-PT of a symbolic link replaces a link to a directory" { same_as_cp -PT link olddirlink; }

@test "-P of a file writes through a link" { same_as_cp -P file oldlink; }

@test "-P of a symbolic link onto itself is refused" { same_as_cp -P link link; }

@test "-P of a symbolic link onto what it names is refused" { same_as_cp -P link file; }

@test "-Pf of a symbolic link onto what it names is refused" { same_as_cp -Pf link file; }

@test "-P of a symbolic link onto a hard link of that is refused" { same_as_cp -P link hard; }

@test "-P of a file onto a symbolic link to it is refused" { same_as_cp -P file link; }
