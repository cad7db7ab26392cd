#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# A copy is as long as its source, or it is an error.

load ../../fixtures/common
load ../../fixtures/cp

setup() {
	requires strace
	cd "$BATS_TEST_TMPDIR" || return
	printf data >sparse
	truncate -s 10M sparse
}

@test "a hole at the end that cannot be made is an error" {
	inject new ftruncate:error=EFBIG -- --reflink=never sparse new
	assert_failure 1
	inject new ftruncate:error=EINVAL -- sparse new
	assert_failure 1
}

@test "a write that takes nothing is an error and ends" {
	echo x >src
	run timeout 20 strace -qq -o trace -e trace=pwrite64 -e inject=pwrite64:retval=0 \
		"$OVL_CP" --reflink=never src new
	grep -q INJECTED trace
	assert_failure 1
	assert_output --partial 'No space left on device'
}
