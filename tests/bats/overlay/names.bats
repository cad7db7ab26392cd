#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# A fan-out to destinations of any name, given as operands or in a list.
# shellcheck disable=SC2016,SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay

setup_file() { stack_file ext4 xfs; }

# Relative names, so that some begin with a dash.
wild=('two words' ' leading' 'trailing ' $'a\nnewline' $'a\ttab' $'not \xff\xfe UTF-8' -dash
	--reflink=always -- --fan-out 'a*b?[c]' "it's" '"quoted"' 'back\slash' '$HOME' '~' '#x'
	$'\e[31m' äöü "$(printf %0255d 0)")

# begin: mounts the stack and changes to it.
begin() {
	file_make "$low/-file" 17M
	stack
	cd "$merged" || return
	remember ./-file
}

# ended: asserts that every destination, and no other file, is a clone of the copied-up source.
ended() {
	assert_success
	assert_all_equal ./-file "${wild[@]/#/./}"
	assert_equal "$(find . -type f -printf x | wc -c)" $((${#wild[@]} + 1))
	assert_cloned -file "${wild[@]}"
	assert_grown_by $((17 << 20))
	assert_untouched ./-file
	cd /
}

@test "as operands after --" {
	begin
	ovl_cp --fan-out -- -file "${wild[@]}"
	ended
}

@test "--dests0-from=- reads names of any bytes from standard input" {
	begin
	run "$OVL_CP" --fan-out --dests0-from=- -- -file < <(printf '%s\0' "${wild[@]}")
	ended
}

@test "--dests0-from=FILE" {
	begin
	printf '%s\0' "${wild[@]}" >"$BATS_TEST_TMPDIR/list"
	ovl_cp --fan-out --dests0-from="$BATS_TEST_TMPDIR/list" -- -file
	ended
}

@test "--dests-from=FILE takes a line for a name" {
	begin
	lines=()
	for name in "${wild[@]}"; do
		[[ $name == *$'\n'* ]] || lines+=("$name")
	done
	wild=("${lines[@]}")
	printf '%s\n' "${wild[@]}" >"$BATS_TEST_TMPDIR/list"
	ovl_cp --fan-out --dests-from="$BATS_TEST_TMPDIR/list" -- -file
	ended
}

@test "a list longer than a command line may be" {
	begin
	rm ./-file
	file_make ./small 10K
	run "$OVL_CP" --fan-out --dests0-from=- small \
		< <(for i in {1..9000}; do printf '%0240d\0' "$i"; done)
	assert_success
	assert_equal "$(find . -name '0*' -size 20b -printf x | wc -c)" 9000
	# All files have the same checksum.
	find . -type f -exec sha256sum {} + | sed 's/^\\*//; s/ .*//' | sort -u >"$BATS_TEST_TMPDIR/sum"
	assert_equal "$(<"$BATS_TEST_TMPDIR/sum")" "$(sha256sum <small | cut -d ' ' -f 1)"
	cd /
}
