#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Names that the same call created as hard links: cp treats them as existing files.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

scene() {
	mkdir -p a b to
	echo a >a/x
	ln a/x a/y
	echo b >b/x
	ln a/x b/y
}

@test "a name that became a link of an earlier copy is written anew" { same_as_cp -a a a/x b/x to; }

@test "a name that became a link is written anew if all names are given" { same_as_cp -a a/y a/x b/x to; }

@test "such a name becomes a link of the same copy once more" { same_as_cp -a a/x a/y b/y to; }

@test "it does with -R and --preserve=links" { same_as_cp -R --preserve=links a a/y b/y to; }

@test "the copy itself is not overwritten" { same_as_cp -a a/x b/x a/y to; }
