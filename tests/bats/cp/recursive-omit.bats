#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Directories without -R.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

scene() {
	mkdir -p src into
	echo a >src/file
	echo f >file
	ln -s src link
}

@test "a directory is omitted" { same_as_cp src new; }

@test "a directory is omitted, the others are copied" { same_as_cp src file into; }

@test "a directory with a slash is omitted" { same_as_cp src/ new; }

@test "a link to a directory is omitted" { same_as_cp link new; }

@test "a link to a directory is omitted with -L" { same_as_cp -L link new; }

@test "a link to a directory is omitted with -H" { same_as_cp -H link new; }

@test "a link to a directory is copied as a link with -P" { same_as_cp -P link new; }

@test "a link to a directory, with a slash, is omitted with -P" { same_as_cp -P link/ new; }

@test "a directory is omitted with -p" { same_as_cp -p src new; }

@test "a directory is omitted with -l" { same_as_cp -l src new; }

@test "a directory is omitted with -s" { same_as_cp -s src new; }

@test "a directory is omitted with --attributes-only" { same_as_cp --attributes-only src new; }

@test "a directory is omitted with --parents" { same_as_cp --parents src into; }

@test "a directory is omitted with -x" { same_as_cp -x src new; }

@test "a directory is omitted with -b" { same_as_cp -b src into; }

@test "a directory is omitted onto a file" { same_as_cp src file; }

@test "a directory is omitted onto itself" { same_as_cp src src; }

@test "a directory is omitted with -n" { same_as_cp -nT src file; }

@test "a directory is omitted with -u" { same_as_cp -uT src into; }

@test "a directory is omitted without a question" { same_as_cp -iT src file; }

@test "the current directory is omitted" { same_as_cp . new; }

@test "the parent directory is omitted" { same_as_cp .. into; }
