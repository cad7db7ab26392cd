#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Limits of the process: the size of files, the number of descriptors, memory.
# shellcheck disable=SC2034,SC2154 # variables of the fixture

load ../../fixtures/common
load ../../fixtures/crash
load ../../fixtures/full

setup() {
	requires setfacl prlimit
	cd "$BATS_TEST_TMPDIR" || return
	lab=$PWD limit=: stage=limited allowed=absent
}

# within LIMIT VALUE ARG...: runs the program with this limit of prlimit(1).
within() { prlimit "--$1=$2" "$OVL_CP" "${@:3}" 3>&- 4>&-; }
scenario_here() { full_scenario "$1" && cp -a "$truth/src" src; }

# steps_of LIMIT FIRST LAST COUNT: as steps, with a limit of the process.
steps_of() {
	local limited_by=$1
	limit=set_limit
	set_limit() { under=(prlimit "--$limited_by=$1"); }
	steps "${@:2}"
}

@test "a limit on the size of files, at every size, is told, and nothing is left of the file" {
	says='File too large'
	scenario_here fan-out
	steps_of fsize 0 62000 "$(runs 20 200)"
}

@test "a limit on the size of files leaves the smaller files of a tree to be copied" {
	says='File too large'
	scenario_here tree
	steps_of fsize 0 103000 "$(runs 20 200)"
}

@test "sixteen descriptors are enough for a tree" {
	scenario_here tree
	for options in -a '-a -j2'; do
		# shellcheck disable=SC2086 # several options
		run within nofile 16 $options -T src "to$options"
		assert_success
		assert_output ''
		outcome "$truth/new" - "to$options" nM
	done
}

@test "sixteen descriptors are enough for a fan-out to a hundred destinations" {
	file_make file 100K
	for mode in auto never; do
		run within nofile 16 "--reflink=$mode" --fan-out file "$mode"{1..100}
		assert_output ''
		assert_success
		for i in {1..100}; do cmp file "$mode$i"; done
	done
}

@test "with too few descriptors, what is missing is told, and nothing is left of it" {
	# the text of musl, where the catalogue of those of glibc cannot be opened (tests/musl)
	says='Too many open files|No file descriptors available'
	for name in tree fan-out; do
		rm -rf src dest "$truth"
		scenario_here "$name"
		steps_of nofile 4 20 17
	done
}

@test "little memory is told, and ends no copy by a signal" {
	! "$OVL_CP" --version | grep -q sanitizer || skip 'they need all addresses'
	says='Cannot allocate memory|Out of memory|Function not implemented'
	scenario_here tree
	args=(-j2 "${args[@]}")
	for ((least = 1000000; ; least += 100000)); do
		! within as "$least" --version >/dev/null 2>&1 || break
	done
	steps_of as "$least" 30000000 "$(runs 20 200)"
}
