#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The proof of --remember against a process that changes copies and restores size and times.
# needs: images

load ../../fixtures/common

@test "no copy is wrong, however a recorded one, or its source, is changed meanwhile" {
	requires root loop overlay reflink:xfs
	run "$BATS_TEST_DIRNAME/../../remember/run" 2
	echo "$output"
	assert_success
	assert_equal "$(grep -c ' 0 wrong$' <<<"$output")" 12
}

@test "an attack that changes nothing fails" {
	requires root loop overlay reflink:xfs
	CHANGE=/bin/true run "$BATS_TEST_DIRNAME/../../remember/run" 1 write source-write
	assert_failure 1
	assert_line 'write: this proves nothing'
	assert_line 'source-write: this proves nothing'
}
