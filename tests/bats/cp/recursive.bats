#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# SOURCE... DEST with -R: where a directory goes.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

scene() {
	mkdir -p src/sub into empty
	echo a >src/file
	echo b >src/sub/deep
	ln -s file src/link
	ln -s nowhere src/dangling
	echo f >file
	ln -s src dirlink
	ln -s into intolink
	ln -s nothing gone
}

@test "-R makes a directory of a new name" { same_as_cp -R src new; }

@test "-r, --recursive and a beginning of it are -R" {
	for option in -r --recursive --rec; do
		rm -rf "$BATS_TEST_TMPDIR"/{cp,ovl}
		same_as_cp "$option" src new
	done
}

@test "-R makes the directory in a directory that exists" { same_as_cp -R src into; }

@test "-R makes the directory in the one that a link names" { same_as_cp -R src intolink; }

@test "-RT makes a directory of a new name" { same_as_cp -RT src new; }

@test "-RT merges into a directory that exists" { same_as_cp -RT src into; }

@test "-RT does not take a link to a directory for one" { same_as_cp -RT src intolink; }

@test "-RT takes a link to a directory for one if there is a slash" {
	same_as_cp -RT src intolink/
}

@test "-Rt makes each source in the directory" { same_as_cp -R -t into src file empty; }

@test "-R copies several sources into a directory" { same_as_cp -R src file empty into; }

@test "-R of several sources needs a directory" { same_as_cp -R src empty new; }

@test "-R of several sources into a file is refused" { same_as_cp -R src empty file; }

@test "-R takes slashes after the source" { same_as_cp -R src/// into; }

@test "-R takes slashes after a new name" { same_as_cp -R src new//; }

@test "-R with a name in a missing directory is refused" { same_as_cp -R src none/new; }

@test "-R of a directory onto a file is refused" { same_as_cp -R src file; }

@test "-RT of a directory onto a file is refused" { same_as_cp -RT src file; }

@test "-R of a directory onto a dangling link is refused" { same_as_cp -R src gone; }

@test "-R of a file is the file" { same_as_cp -R file new; }

@test "-R of a missing file is refused, the others are copied" { same_as_cp -R none src into; }

@test "-R of the empty name is refused" { same_as_cp -R '' new; }

@test "-R of an empty directory is one" { same_as_cp -R empty new; }

@test "-R of a link to a directory is the link" { same_as_cp -R dirlink new; }

@test "-R of a link to a directory, with a slash, is the directory" { same_as_cp -R dirlink/ new; }

@test "-Rv prints each directory and each file" { same_as_cp -Rv src/sub new; }

@test "-Rv prints names with the slash that was given" { same_as_cp -Rv src/sub/ into/; }
