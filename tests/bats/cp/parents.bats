#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --parents: the source with its directories below the directory.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

scene() {
	mkdir -p a/b/c to/here
	echo file >a/b/c/file
	echo top >top
	chmod 750 a
	chmod 705 a/b
	chmod 711 a/b/c
	ln -s b a/link
	ln -s a alink
	echo f >plain
}

@test "--parents makes the directories of the source" { same_as_cp --parents a/b/c/file to; }

@test "--path is --parents" { same_as_cp --path a/b/c/file to; }

@test "--parents of a file without directories" { same_as_cp --parents top to; }

@test "--parents goes into directories that exist" {
	scene() { mkdir -p a/b to/a && chmod 700 to/a && chmod 750 a && echo x >a/b/x; }
	same_as_cp --parents a/b/x to
}

@test "--parents overwrites a file that exists" {
	scene() { mkdir -p a to/a && echo x >a/x && echo y >to/a/x; }
	same_as_cp --parents a/x to
}

@test "--parents -v prints the directories that it creates" { same_as_cp --parents -v a/b/c/file to; }

@test "--parents -v does not print directories that exist" {
	scene() { mkdir -p a/b to/a && echo x >a/b/x; }
	same_as_cp --parents -v a/b/x to
}

@test "--parents twice below the same directories" {
	scene() { mkdir -p a/b to && echo x >a/b/x && echo y >a/b/y; }
	same_as_cp --parents -v a/b/x a/b/y to
}

@test "--parents -R makes the directories of a directory" { same_as_cp --parents -R a/b to; }

@test "--parents -R takes slashes after the source" { same_as_cp --parents -R a/b/c/ to; }

@test "--parents without -R omits a directory" { same_as_cp --parents a/b to; }

@test "--parents of a missing file" { same_as_cp --parents a/b/none to; }

@test "--parents of a file in a missing directory" { same_as_cp --parents a/none/x to; }

@test "--parents of a file in a file" { same_as_cp --parents plain/x to; }

@test "--parents takes a link to a directory for the directory" {
	same_as_cp --parents a/link/c/file to
}

@test "--parents -P takes a link to a directory for the directory" {
	same_as_cp --parents -Pv alink/b/c/file to
}

@test "--parents into a file is refused" { same_as_cp --parents a/b/c/file plain; }

@test "--parents into a missing directory is refused" { same_as_cp --parents a/b/c/file none; }

@test "--parents with -T is refused" { same_as_cp --parents -T a/b/c/file to; }

@test "--parents with -t" { same_as_cp --parents -t to a/b/c/file top; }

@test "--parents into a link to a directory" { same_as_cp --parents top a/b/c/file alink; }
