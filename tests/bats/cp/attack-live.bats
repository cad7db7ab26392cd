#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Another user does what he can to a tree of his while root copies it, or to it, for seconds. "make
# attack" does so in every mode, and for longer; see tests/attack/.
# needs: time

# shellcheck disable=SC2016 # variables of scripts

load ../../fixtures/common

setup() {
	requires root loop reflink:xfs
	export PROGRAM=$OVL_CP SECONDS_EACH=5
}

# attack MODE...: attacks each; prints the figures to the log of the test.
attack() {
	run "$BATS_TEST_DIRNAME/../../attack/run" "$@"
	printf '# %s\n' "${lines[@]}" >&3
	echo "${output?}"
	# what was asked for was attacked, and not left out
	[ "$(grep -c ' swaps [0-9]* .* breaches ' <<<"$output")" = $# ]
}

@test "a source tree that another user exchanges leads root's copy nowhere else" {
	attack source-R source-a source-L source-parents
	assert_success
}

@test "a destination tree that another user exchanges leads root's copy nowhere else" {
	attack dest-R dest-a dest-p dest-parents
	assert_success
}

@test "what another user writes to one destination of a fan-out gets into no other" {
	attack dest-fan-out-a
	assert_success
}

@test "where every file is made anew, another user reads none of root's in a tree of his" {
	attack dest-remove-a
	assert_success
}

@test "no new file ever has more rights than when it is complete" {
	attack rights-a rights-no-mode
	assert_success
}

# program LINE...: root runs a script that copies and does this.
program() {
	PROGRAM=$BATS_TEST_TMPDIR/program SECONDS_EACH=1
	printf '%s\n' '#!/bin/sh' '"$OVL_CP" "$@"' 'echo message >&2' "$@" >"$PROGRAM"
	chmod +x "$PROGRAM"
}

@test "the attack finds a program that changes what is outside, or shows it" {
	program 'chmod 640 outside/secret'
	attack source-R
	assert_failure 1
	assert_output --partial 'outside has changed, now: outside/secret mode 100640'
	program 'cp outside/secret dst/f9' 'chmod 644 dst/f9'
	attack source-R
	assert_failure 1
	assert_output --partial 'dst/f9 holds what is outside of the trees, and can be read'
}

@test "the attack finds a program that opens a file before it is complete" {
	program 'for i in $(seq 200); do chmod 644 dst/f0; chmod 666 dst/f0; done' 'chmod 644 dst/f0'
	attack rights-p
	assert_failure 1
	assert_output --partial 'dst/f0 could be written to before it was complete'
}
