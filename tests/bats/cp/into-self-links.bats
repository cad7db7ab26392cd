#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Symbolic links through which a copy reaches its own output: it is skipped with a message. cp 9.1
# goes on until names are too long.

load ../../fixtures/common

setup() {
	lab_setup
	cd "$BATS_TEST_TMPDIR" || return
	mkdir -p src/sub other to
	echo a >src/sub/file
}

# ends ARG...: the copy must fail, but end long before a path is too long.
ends() {
	run timeout 60 "${OVL_CP:?}" "$@"
	echo "status ${status:?}: ${output:0:1000}"
	assert_equal "$status" 1
	run find . -path '*/*/*/*/*/*/*/*'
	assert_output ''
}

@test "a link to a directory deep in the copy that holds its own copy is left out" {
	ln -s ../new/sub src/sub/loop
	ends -RL src src/new
	assert_equal "$(<src/new/sub/file)" a
	assert_not_exists src/new/sub/loop
}

@test "a link into the copy is left out with -l, which follows links too" {
	ln -s ../new/sub src/sub/loop
	ends -Rl src src/new
	assert [ src/sub/file -ef src/new/sub/file ]
}

@test "a link into the copy is left out in an existing directory that is merged" {
	mkdir to/src
	ln -s "$PWD/to/src/sub" src/sub/loop
	ends -RL src to
	assert_equal "$(<to/src/sub/file)" a
}

@test "a link into the copy is left out where all directories but one exist" {
	mkdir -p to/src/sub src/sub/deep
	ln -s "$PWD/to/src/sub/deep" src/sub/deep/loop
	ends -RL src to
	assert_dir_exists to/src/sub/deep
}

@test "the copy is left out behind a link that leads above it" {
	mkdir src/sub/deep
	ln -s "$PWD" src/sub/deep/loop
	ends -RL src to
	assert_equal "$(<to/src/sub/file)" a
}

@test "links into the copies are left out in each of several destinations" {
	mkdir more
	ln -s "$PWD/to/x/sub" src/sub/loop
	ln -s "$PWD/more/y/sub" src/sub/pool
	ends -RL --fan-out src to/x more/y
	assert_equal "$(<to/x/sub/file) $(<more/y/sub/file)" 'a a'
}

@test "what an earlier source of the call became is copied by links like anything else" {
	ln -s ../to/src/sub other/deep
	ln -s ../to/src other/whole
	ovl_cp -RL src other to
	assert_success
	assert_equal "$(<to/other/deep/file) $(<to/other/whole/sub/file)" 'a a'
}
