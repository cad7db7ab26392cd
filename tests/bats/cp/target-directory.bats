#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# SOURCE... DIRECTORY, -t and -T with directories as sources.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

scene() {
	mkdir -p a/sub b into/b
	echo a >a/x
	echo b >b/y
	echo f >file
	echo old >into/file
	ln -s into link
	ln -s nothing gone
}

@test "several directories go into the directory" { same_as_cp -R a b into; }

@test "-t takes directories and files" { same_as_cp -R -t into a b file; }

@test "--target-directory= takes directories" { same_as_cp -R --target-directory=into a b; }

@test "-t through a link to the directory" { same_as_cp -R -t link a; }

@test "-t with a slash" { same_as_cp -R -t into// a/; }

@test "-t with a missing directory is refused" { same_as_cp -R -t none a; }

@test "-t with a file is refused" { same_as_cp -R -t file a; }

@test "-t with a dangling link is refused" { same_as_cp -R -t gone a; }

@test "-t with the source is refused" {
	twins -R -t a a
	_agree status
	_agree err
}

@test "-t with the directory of the source is refused" { same_as_cp -R -t . a; }

@test "-T copies a directory to the name" { same_as_cp -RT a into; }

@test "-T with a slash after a new name" { same_as_cp -RT a new/; }

@test "-T twice does not nest" {
	scene() { mkdir -p a new && touch a/x new/x; }
	same_as_cp -RT a new
}

@test "-T with three names is refused" { same_as_cp -RT a b into; }

@test "-T onto a link to a directory is refused" { same_as_cp -RT a link; }

@test "-T of a symbolic link onto a link to a directory replaces it" { same_as_cp -RT gone link; }

@test "-T of a symbolic link onto a directory is refused" { same_as_cp -RT gone into; }

@test "-n -t leaves alone what exists" { same_as_cp -Rn -t into b file a; }

@test "-v -t prints the names in the directory" { same_as_cp -v -R -t into file a/sub; }
