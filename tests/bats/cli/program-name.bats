#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Messages, questions and --help begin with the name that the program was called by.
# shellcheck disable=SC2154 # lines belongs to bats

load ../../fixtures/common

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	mkdir bin
	ln -s "$(realpath "$OVL_CP")" bin/cp
	ln -s "$(realpath "$OVL_CP")" bin/ovl-cp
	ln -s "$(realpath "$OVL_STAT")" bin/look
	PATH=$PWD/bin:$PATH
	echo source >src
	echo old >old
}

@test "as cp, the name in messages, questions and --help is cp" {
	run cp none new
	assert_failure 1
	assert_output "cp: cannot stat 'none': No such file or directory"
	run cp src
	assert_output "cp: missing destination file operand after 'src'
Try 'cp --help' for more information."
	run cp --sparse=x src new
	assert_line --index 0 "cp: invalid argument 'x' for '--sparse'"
	assert_line "Try 'cp --help' for more information."
	run cp -i src old <<<n
	assert_output "cp: overwrite 'old'? "
	chmod 400 old
	run as_user cp -i src old <<<n
	assert_output --regexp "^cp: unwritable 'old' .*try anyway\? $"
	run as_user cp -if src old <<<n
	assert_output --regexp "^cp: replace 'old', overriding mode .*\? $"
	run cp --help
	assert_line --index 0 'Usage: cp [OPTION]... [-T] SOURCE DEST'
	assert_line --index 1 '  or:  cp [OPTION]... SOURCE... DIRECTORY'
	run cp --version
	assert_line --index 0 --regexp '^ovl-cp [0-9]'
}

@test "without a directory, and by the old name where there is none" {
	run ./bin/cp none new
	assert_output "cp: cannot stat 'none': No such file or directory"
	for name in '' dir/; do
		run bash -c 'exec -a "$1" ovl-cp none new' bash "$name"
		assert_output "ovl-cp: cannot stat 'none': No such file or directory"
	done
}

@test "ovl-stat likewise" {
	run look none
	assert_output "look: cannot inspect 'none': No such file or directory"
	run look
	assert_line "Try 'look --help' for more information."
	run look --help
	assert_line --index 0 'Usage: look [OPTION]... FILE...'
}

@test "a report does not depend on the name" {
	run cp --report=- none new
	assert_output --partial "\"message\":\"cannot stat 'none': No such file or directory\""
}
