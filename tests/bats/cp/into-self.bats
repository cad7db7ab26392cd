#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# A directory copied into itself: the messages must be those of cp, which leaves other files behind.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

scene() {
	mkdir -p src/sub other
	echo a >src/file
	ln -s src link
	ln -s src/sub sublink
}

# refused ARG...: status and messages must be those of cp, and the copy must end.
refused() {
	twin_as='timeout 60' twins "$@"
	_agree status
	_agree out
	_agree err
	assert_equal "$(<"$BATS_TEST_TMPDIR/ovl.status")" 1
	cmp "$BATS_TEST_TMPDIR"/{cp,ovl}/src/file
}

@test "a directory into itself is refused" { refused -R src src; }

@test "a directory into a new directory in itself is refused" { refused -R src src/new; }

@test "a directory into a directory in itself is refused" { refused -R src src/sub; }

@test "a directory into a new directory of a directory in itself is refused" {
	refused -R src src/sub/new
}

@test "a directory into itself by a link is refused" { refused -R src link; }

@test "a directory into what is in it by a link is refused" { refused -R src sublink; }

@test "a directory into itself with -a is refused" { refused -a src src; }

@test "a directory into itself with -l is refused" { refused -Rl src src/new; }

@test "a directory onto itself is refused" { refused -RT src src; }

@test "a directory onto itself, with a dot, is refused" { refused -R src/. src; }

@test "a directory onto itself by its parent is refused" { refused -R src/sub src; }

@test "a directory onto itself by a link is refused" { refused -RT src link/; }

@test "a directory onto its own parent is merged with it" { same_as_cp -RT src/sub src; }

@test "the current directory into what is in it is refused" { refused -R . src/new; }

@test "the current directory into what is in it, existing, is refused" { refused -R . src; }

@test "a directory into itself does not keep the others from being copied" {
	refused -R src other src/sub
	assert_dir_exists "$BATS_TEST_TMPDIR/ovl/src/sub/other"
}

@test "a directory into itself with --parents is refused" { refused -R --parents src src/sub; }

@test "an existing directory is not emptied by the refusal" {
	refused -R src src/sub
	assert_dir_exists "$BATS_TEST_TMPDIR/ovl/src/sub"
}

@test "-n of a directory onto itself, and then of the one that it is in" {
	scene() { mkdir -p d/sub && touch d/f; }
	same_as_cp -R -n d/sub d/. d
}
