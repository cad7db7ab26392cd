#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The proof of --remember against a process that sets the clock back for its change, and forward again:
#
#	make kernels KERNELS='-t tests/kernels/clock.bats 6.12'
#
# OVL_TEST_OWN_CLOCK=1   the clock is that of a machine for the tests: tests/kernels/run
# OVL_ATTACK_SECONDS     how long; default: 180

load ../fixtures/common

@test "no copy is wrong that was changed while the clock was set back" {
	[ "${OVL_TEST_OWN_CLOCK-}" = 1 ] || skip 'it would set the clock of this machine'
	run "$BATS_TEST_DIRNAME/../remember/run" "${OVL_ATTACK_SECONDS:-180}" clock
	echo "$output" >&3
	assert_success
	assert_output --regexp 'changed [1-9].*, [1-9][0-9]* copies, .*, 0 wrong$'
}
