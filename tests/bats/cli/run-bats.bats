#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# tests/run-bats where something that the tests are written with is not installed.

load ../../fixtures/common

setup() {
	lab_setup
	unset OVL_TEST_QUICK
	libraries=$BATS_TEST_TMPDIR/libraries
	mkdir -p "$libraries"/bats-{support,assert,file}
	printf '@test "true" {\n\ttrue\n}\n' >"$BATS_TEST_TMPDIR/one.bats"
}

# run_bats MUST_RUN: runs one test that needs no library.
run_bats() {
	BATS_LIB_PATH=$libraries OVL_TEST_MUST_RUN=$1 \
		run "$BATS_TEST_DIRNAME/../../run-bats" "$BATS_TEST_TMPDIR/one.bats"
}

@test "a file is run where the libraries of bats are there" {
	run_bats 1
	assert_success
	assert_line 'ok 1 true'
}

@test "a file is skipped, and says so, where a library of bats is missing" {
	rmdir "$libraries/bats-assert"
	run_bats 0
	assert_success
	assert_output '1..0 # SKIP missing of the libraries of bats: bats-assert'
	rmdir "$libraries"/*
	run_bats 0
	assert_output '1..0 # SKIP missing of the libraries of bats: bats-support bats-assert bats-file'
}

@test "where everything must run a missing library of bats is a failure" {
	rmdir "$libraries/bats-file"
	run_bats 1
	assert_failure 1
	assert_line 'not ok 1 one.bats must run, but: missing of the libraries of bats: bats-file'
}

@test "a file is skipped where bats is missing" {
	mkdir "$BATS_TEST_TMPDIR/bin"
	for command in bash dirname env; do
		ln -s "$(type -P $command)" "$BATS_TEST_TMPDIR/bin"
	done
	PATH=$BATS_TEST_TMPDIR/bin run_bats 0
	assert_success
	assert_output '1..0 # SKIP bats is not installed'
}
