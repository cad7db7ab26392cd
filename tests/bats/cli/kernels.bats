#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# What "make kernels" runs in each kernel, and how it compares their results.
# needs: images

load ../../fixtures/common

setup() {
	lab_setup
	kernels=$BATS_TEST_DIRNAME/../../kernels
	cd "$BATS_TEST_TMPDIR" || return
}

@test "the facts name the rule of each copy, as --explain has foretold it" {
	requires root loop overlay compiler fs:ext4 fs:xfs fs:btrfs setfattr
	run_cc -D_GNU_SOURCE -std=gnu17 -o ask "$kernels/ask.c"
	mkdir lab
	"$kernels/facts" ./../ask "$OVL_CP" lab >facts 2>errors || fail "$(tail errors)"
	run grep '^ovl-cp, ' facts
	assert [ "${#lines[@]}" -ge 14 ]
	assert_line 'ovl-cp, overlay on xfs, a file below: clone-upper, foretold clone-upper, right'
	assert_line 'ovl-cp, xfs: clone, foretold clone, right'
}

@test "the facts fail where a copy says no rule" {
	requires root loop overlay compiler fs:ext4 fs:xfs fs:btrfs setfattr
	run_cc -D_GNU_SOURCE -std=gnu17 -o ask "$kernels/ask.c"
	mkdir lab
	run "$kernels/facts" ./../ask /bin/true lab
	assert_failure 1
	assert_line 'ovl-cp, xfs: unknown, foretold unknown, wrong'
}

# results KERNEL FILE LINE...
results() {
	mkdir -p "$1"
	printf '%s\n' "${@:3}" >"$1/$2.tap"
}

@test "the comparison finds what differs, what was cut off and what was not run" {
	results one a.bats 1..2 'ok 1 x' 'ok 2 y # skip no z'
	results two a.bats 1..2 'ok 1 x' 'ok 2 y'
	run "$kernels/compare" one two
	assert_success
	assert_line 'one: 1 passed, 0 failed, 1 skipped'
	assert_line 'a: y'
	refute_line 'a: x'
	for bad in $'1..2\nok 1 x\nnot ok 2 y' $'1..2\nok 1 x'; do
		results two a.bats "$bad"
		run "$kernels/compare" one two
		assert_failure 1
		assert_line 'two: 1 passed, 1 failed, 0 skipped'
	done
	: >two/a.bats.tap
	run "$kernels/compare" one two
	assert_failure 1
	assert_line 'two: a did not run to its end'
	rm two/a.bats.tap
	results two b.bats 1..0
	run "$kernels/compare" one two
	assert_failure 1
	assert_line 'two: a was not run'
}
