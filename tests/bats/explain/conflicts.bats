#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Options that exclude each other are refused with one message, before anything is done.

load ../../fixtures/common

setup() {
	lab_setup
	cd "$BATS_TEST_TMPDIR" || return
	file_make file 5000
}

# refused SENTENCE ARG...: the call must be refused with SENTENCE.
refused() {
	local sentence=$1
	shift
	ovl_cp_split "$@" file new
	assert_failure 1
	assert_equal "${output?}" ''
	assert_equal "${stderr_lines[0]?}" "ovl-cp: $sentence"
	assert_equal "${#stderr_lines[@]}" "${lines_expected:-2}" # the other one is the hint to --help
	assert_not_exists new
}

@test "--require and what forbids to share" {
	for how in share clone; do
		refused '--require can be used only with --sparse=auto' --require=$how --sparse=always
		refused '--require can be used only with --sparse=auto' --require=$how --sparse=never
		refused 'cannot combine --require and --reflink=never: one requires what the other forbids' \
			--require=$how --reflink=never
		refused 'cannot combine --require and --reflink=never: one requires what the other forbids' \
			--explain --require=$how --reflink=never
	done
}

@test "--require=any forbids nothing" {
	ovl_cp --require=any --reflink=never file new
	assert_success
	ovl_cp --require=any --sparse=always file new
	assert_success
}

@test "an invalid word" {
	ovl_cp --require=all file new
	assert_failure 1
	assert_output --partial "invalid argument 'all' for '--require'"
	ovl_cp --fallback=loud file new
	assert_failure 1
	assert_output --partial "invalid argument 'loud' for '--fallback'"
	assert_output --partial "- 'silent'"
	ovl_cp --explain=yes file new
	assert_failure 1
	assert_output --partial "invalid argument 'yes' for '--explain'"
	assert_not_exists new
}
