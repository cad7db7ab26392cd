#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# A question of --explain that fails is told as it failed.

load ../../fixtures/common

setup() {
	requires strace
	lab_setup
	cd "$BATS_TEST_TMPDIR" || return
}

@test "a directory that cannot be opened is told by its error, not as one where the name is taken" {
	file_make file 5000
	mkdir dst
	for n in {1..9}; do
		run strace -qq -o trace -P dst -P "$PWD/dst" -e trace=openat \
			-e inject=openat:error=EEXIST:when="$n" "$OVL_CP" --explain file dst
		grep -q INJECTED trace || break
		if [ "${status?}" = 0 ]; then
			assert_output --partial 'total: 1 copied'
		else
			assert_output --partial 'File exists'
		fi
	done
	((n > 2)) || fail 'nothing failed'
}
