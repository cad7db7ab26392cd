#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --dests-from and --dests0-from.

load ../../fixtures/common

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	echo source >src
	mkdir dir
}

made() {
	local name
	for name; do cmp src "$name" || fail "no copy: $name"; done
}

@test "--dests-from takes one destination a line" {
	printf '%s\n' a 'b c' dir ' d ' >list
	ovl_cp --fan-out --dests-from=list src
	assert_success
	made a 'b c' dir/src ' d '
}

@test "--dests-from takes a last line without an end, and ignores empty lines" {
	printf '\n\na\n\nb' >list
	ovl_cp --fan-out --dests-from=list src
	assert_success
	made a b
}

@test "--dests-from does not take quotes, comments, options or - for anything else" {
	printf '%s\n' "'a'" '#b' -v -- - '\n' >list
	ovl_cp --fan-out --dests-from=list src
	assert_success
	assert_output ''
	made "'a'" '#b' ./-v ./-- ./- '\n'
}

@test "--dests-from with a carriage return keeps it" {
	printf 'a\r\n' >list
	ovl_cp --fan-out --dests-from=list src
	made $'a\r'
}

@test "--dests-from=- reads standard input" {
	run "$OVL_CP" --fan-out --dests-from=- src < <(printf '%s\n' a b)
	assert_success
	made a b
}

@test "--dests0-from=- reads standard input" {
	run "$OVL_CP" --fan-out --dests0-from - src < <(printf '%s\0' a b)
	assert_success
	made a b
}

@test "--dests0-from takes names with newlines and with bytes that are not text" {
	printf '%s\0' $'a\nb' $'\xff\xfe' $'\n' 'c d' >list
	ovl_cp --fan-out --dests0-from=list src
	assert_success
	made $'a\nb' $'\xff\xfe' $'\n' 'c d'
}

@test "--dests0-from takes a last name without an end" {
	printf 'a\0b' >list
	ovl_cp --fan-out --dests0-from=list src
	assert_success
	made a b
}

@test "a list adds to the operands, in order" {
	printf 'c\n' >list
	ovl_cp -v --fan-out --dests-from=list src b a
	assert_success
	assert_equal "$output" "'src' -> 'b'
'src' -> 'a'
'src' -> 'c'"
}

@test "an empty list copies nothing and succeeds" {
	: >list
	ovl_cp --fan-out --dests-from=list src
	assert_success
	assert_output ''
	ovl_cp --fan-out --dests0-from=/dev/null src
	assert_success
	assert_output ''
}

# refused TEXT: asserts that the call failed with TEXT and copied nothing.
refused() {
	assert_failure 1
	assert_output "$1"
	assert_equal "$(find . -type f | sort | tr '\n' ' ')" "${2-./list ./src }"
}

@test "a list that is missing is an error, and nothing is copied" {
	ovl_cp --fan-out --dests-from=none src a
	refused "ovl-cp: cannot open 'none': No such file or directory" './src '
}

@test "a list that is a directory is an error" {
	ovl_cp --fan-out --dests-from=dir src a
	refused "ovl-cp: error reading 'dir': Is a directory" './src '
}

@test "an empty name in a list of NUL-ended names is an error, and nothing is copied" {
	printf 'a\0\0b\0' >list
	ovl_cp --fan-out --dests0-from=list src
	refused "ovl-cp: empty name in the list of destinations 'list'"
}

@test "a NUL in a list of lines is an error, and nothing is copied" {
	printf 'a\nb\0c\n' >list
	ovl_cp --fan-out --dests-from=list src
	refused "ovl-cp: NUL byte in a list of lines (--dests0-from takes names that end in NUL): 'list'"
}

@test "an error in a list on standard input names standard input" {
	run "$OVL_CP" --fan-out --dests0-from=- src < <(printf '\0')
	assert_failure 1
	assert_output 'ovl-cp: empty name in the list of destinations standard input'
}

@test "a list of 2000 names is taken" {
	mkdir many
	printf 'many/%d\n' {1..2000} >list
	ovl_cp --fan-out --dests-from=list src
	assert_success
	assert_equal "$(cat many/* | sort | uniq -c)" '   2000 source'
}

try="Try 'ovl-cp --help' for more information."

@test "a list needs --fan-out or --dedupe" {
	ovl_cp --dests-from=list src
	refused "ovl-cp: a list of destinations (--dests-from, --dests0-from) needs --fan-out or --dedupe" './src '
}

@test "two lists are refused" {
	ovl_cp --fan-out --dests-from=a --dests0-from=b src
	refused "ovl-cp: only one list of destinations can be given: remove --dests0-from or the one before it
$try" './src '
}

@test "a list on standard input and -i are refused" {
	ovl_cp --fan-out -i --dests-from=- src
	refused "ovl-cp: cannot combine --interactive (-i) with a list of destinations \
on standard input" './src '
}

@test "--fan-out and -t are refused" {
	ovl_cp --fan-out -t dir src
	refused "ovl-cp: cannot combine --fan-out and --target-directory (-t): \
name the directory as a DEST" './src '
}

@test "--fan-out without a destination, or without a source, is refused" {
	ovl_cp --fan-out src
	refused "ovl-cp: missing destination file operand after 'src'
$try" './src '
	ovl_cp --fan-out --dests-from=list
	refused "ovl-cp: missing file operand
$try" './src '
}
