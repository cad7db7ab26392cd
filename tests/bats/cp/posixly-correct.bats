#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# POSIXLY_CORRECT: options end at the first operand.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

scene() {
	mkdir dir
	echo a >a
	echo b >b
	echo opt >-v
	ln -s nothing gone
}

posix() { POSIXLY_CORRECT=$value same_as_cp "$@"; }

value=1

@test "an option after an operand is an operand" { posix a b dir -v; }

@test "a file whose name is that of an option is copied" { posix a -v dir; }

@test "options before the operands are options" { posix -v a b dir; }

@test "-t before the operands is an option" { posix -t dir a b; }

@test "-t after an operand is an operand" { posix a -t dir; }

@test "-- after an operand is an operand" { posix a -- dir; }

@test "-- before the operands ends the options" { posix -- -v a dir; }

@test "an empty POSIXLY_CORRECT counts" { value='' posix a -v dir; }

@test "without POSIXLY_CORRECT options may come last" { same_as_cp a b dir -v; }

@test "a single minus is an operand" { posix a - dir; }

@test "the value of an option is not an operand" { posix -S .x -t dir a b -v; }
