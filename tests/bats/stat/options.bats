#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The command line of ovl-stat.

# shellcheck disable=SC2016 # expanded by another shell

load ../../fixtures/common
load ../../fixtures/stat

setup() {
	lab_setup
	cd "$BATS_TEST_TMPDIR" || return
	file_make file 10K
}

# misused MESSAGE ARG...: the call must be refused with MESSAGE and a hint, and print nothing else.
misused() {
	ovl_stat "${@:2}"
	assert_failure 1
	assert_output "ovl-stat: $1"$'\n'"Try 'ovl-stat --help' for more information."
}

@test "what makes no sense is refused" {
	misused 'missing file operand'
	misused 'missing file operand' --map --
	misused "unrecognized option '--maps'; did you mean '--map'?" --maps file
	misused "unrecognized option '--ver'; did you mean '--version'?" --ver
	misused "unrecognized option '--frob'" --frob=x file
	misused "unrecognized option '-m'" -m file
	misused "unrecognized option '-json'; did you mean '--json'?" -json file
	misused "unrecognized option '-version'; did you mean '--version'?" -version
	misused "option '--map' doesn't allow an argument" --map=file
	misused 'cannot combine --map and --matrix' --map --matrix file file
	misused 'cannot combine --json and --map' --json --map file
	misused 'cannot combine --json and --matrix' --matrix --json file .
	misused "missing directory operand after 'file'" --matrix file
	misused "extra operand 'file'" --matrix file . file
	misused '--map compares at most 26 files' --map {a..z} aa
}

@test "options come anywhere before --, and what follows is a file" {
	file_make ./--json 10K
	ovl_stat file --map
	assert_success
	assert_line --regexp "^A .*'file'$"
	ovl_stat --map -- --json
	assert_success
	assert_line --regexp "^A .*'--json'$"
}

@test "--help and --version come before what is wrong" {
	ovl_stat --version --nonsense
	assert_success
	assert_line --index 0 --regexp '^ovl-stat [0-9.]+$'
	for option in --help -h; do
		ovl_stat "$option" --nonsense
		assert_success
		assert_line --index 0 'Usage: ovl-stat [OPTION]... FILE...'
	done
	assert_equal "$("$OVL_STAT" -V)" "$("$OVL_STAT" --version)"
}

@test "no configuration of popt is read" {
	printf 'ovl-stat alias --json --map\n' >.popt
	HOME=$PWD ovl_stat --json file
	assert_success
	assert_line --partial '"path":"file"'
}

@test "a full disk under the output is an error" {
	for option in -- --json --map; do
		run bash -c '"$OVL_STAT" "$1" file >/dev/full' sh "$option"
		assert_failure 1
		assert_output 'ovl-stat: write error: No space left on device'
	done
}
