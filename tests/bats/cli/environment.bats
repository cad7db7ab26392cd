#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Environment variables that stand for options.

load ../../fixtures/common

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	echo data >src
}

@test "OVL_CP_REFLINK stands for --reflink, which overrides it" {
	OVL_CP_REFLINK=never ovl_cp --debug src new
	assert_line --partial '--reflink=never'
	OVL_CP_REFLINK=never ovl_cp --debug --reflink=auto src new
	refute_line --partial '--reflink=never'
}

@test "OVL_CP_REFLINK does not count beside what contradicts it" {
	OVL_CP_REFLINK=always ovl_cp --sparse=always src new
	assert_success
	OVL_CP_REFLINK=never ovl_cp --require=any src new
	assert_success
}

@test "a wrong value is refused with the name of the variable" {
	OVL_CP_COPY_UP=maybe ovl_cp src new
	assert_failure 1
	assert_line "ovl-cp: invalid argument 'maybe' for 'OVL_CP_COPY_UP'"
	OVL_CP_COPY_UP_MIN=much ovl_cp src new
	assert_failure 1
	assert_line --partial "invalid argument 'much' for 'OVL_CP_COPY_UP_MIN'"
	assert_not_exists new
}

@test "an empty variable is none" {
	OVL_CP_COPY_UP='' ovl_cp src new
	assert_success
}

@test "--version and --explain show what is set, but not what an option overrides" {
	OVL_CP_COPY_UP=never ovl_cp --version
	assert_line "From the environment: OVL_CP_COPY_UP='never'"
	OVL_CP_COPY_UP=never ovl_cp --explain src new
	assert_line "environment: OVL_CP_COPY_UP='never'"
	OVL_CP_COPY_UP=never ovl_cp --explain --copy-up=auto src new
	refute_line --partial environment
}

@test "OVL_CP_REPORT adds each call to the file, and no line is torn" {
	local i pids=()
	for i in {1..20}; do
		OVL_CP_REPORT=report "$OVL_CP" -v src "new$i" >/dev/null &
		pids+=($!)
	done
	wait "${pids[@]}"
	assert_equal "$(grep -c '^{"schema":.*}$' report) $(wc -l <report)" '40 40'
}

@test "a report of the environment that cannot be written is said, and the copy is made" {
	OVL_CP_REPORT=missing/report ovl_cp src new
	assert_success
	assert_output "ovl-cp: cannot open the report 'missing/report': No such file or directory"
	cmp src new
}

@test "--report overrides OVL_CP_REPORT" {
	OVL_CP_REPORT=one ovl_cp --report=two src new
	assert_success
	assert_not_exists one
	assert_exists two
}

@test "a program with more rights than its caller ignores the environment" {
	requires root
	chmod 777 .
	cp "$OVL_CP" ./set-id && chown 65533 set-id && chmod 4755 set-id
	OVL_CP_COPY_UP=maybe run as_user ./set-id src new
	cmp src new # not the status: LeakSanitizer fails in such a program
}
