#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# A destination that is a symbolic link to itself. With -f, cp ignores -n and -i then.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

scene() {
	mkdir dir
	echo a >a
	echo b >dir/b
	ln -s loop loop
	ln -s b to
	mkdir -p into/dir
	ln -s b into/dir/b
}

@test "without -f it is refused" { same_as_cp a loop; }

@test "without -f it is refused with -n, too" { same_as_cp -n a loop; }

@test "-f replaces it" { same_as_cp -f a loop; }

# alone ARG...: the program must leave the link alone.
alone() {
	twins "$@"
	assert_equal "$(readlink "$BATS_TEST_TMPDIR/ovl/loop")" loop
}

@test "-n leaves it alone, with -f too" {
	alone -fn a loop
	assert_equal "$(<"$BATS_TEST_TMPDIR/ovl.status")" 0
}

@test "-i asks about it, with -f too" {
	twin_stdin=$'n\n' alone -fi a loop
	assert_equal "$(<"$BATS_TEST_TMPDIR/ovl.status")" 1
	says "overwrite 'loop'? "
}

@test "-i and a yes replace it" {
	twin_stdin=$'y\n' same_tree_as_cp -fi a loop
}

@test "-f replaces it in spite of -u" { same_as_cp -fu a loop; }

@test "-f replaces it in a tree" { same_as_cp -RfL dir into; }

@test "-f and a backup keep it under another name" { same_as_cp -fb a loop; }

@test "-f --remove-destination -n leaves it alone" {
	same_as_cp -f --remove-destination -n a loop
}
