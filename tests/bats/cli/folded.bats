#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Messages, --debug and --explain are folded on a terminal, and nowhere else.

load ../../fixtures/common
load ../../fixtures/terminal

setup() {
	requires tmux
	terminal_setup
	echo text >text
	mkdir dir
}

teardown() { terminal_end; }

@test "a message is folded at spaces, and later lines are indented" {
	terminal_start 60 "$OVL_CP" --report=text --require=share --reflink=never text copy
	terminal_ends 1
	assert_equal "$(screen)" "ovl-cp: cannot combine --require and --reflink=never: one
    requires what the other forbids
Try 'ovl-cp --help' for more information."
}

@test "a name is not broken if it fits on a line, and wide characters count as two columns" {
	terminal_start 40 "$OVL_CP" 'a name with spaces in it' dir
	terminal_ends 1
	assert_equal "$(screen)" "ovl-cp: cannot stat
    'a name with spaces in it': No such
    file or directory"
	terminal_close
	terminal_start 40 "$OVL_CP" 漢字漢字漢字漢字漢字漢字漢字漢字 dir
	terminal_ends 1
	assert_equal "$(screen)" "ovl-cp: cannot stat
    '漢字漢字漢字漢字漢字漢字漢字漢字':
    No such file or directory"
}

@test "no line that is folded ends with a space" {
	requires root
	fs_make tmpfs "$BATS_TEST_TMPDIR/to"
	cp text text2
	terminal_start 72 "$OVL_CP" --fallback=warn text text2 to
	terminal_ends 0
	tr -d '\r' <raw >lines
	assert_equal "$(tail -n 2 lines)" "\
ovl-cp: 2 files (10 bytes) were written in full for the same reason as
    'to/text'"
	run ! grep ' $' lines
}

@test "in a narrow terminal lines are folded for 40 columns" {
	terminal_start 20 "$OVL_CP" none dir
	terminal_ends 1
	assert_equal "$(tr -d '\r' <raw)" "ovl-cp: cannot stat 'none': No such file
    or directory"
}

@test "so are the lines of --debug and --explain" {
	for option in --debug --explain; do
		terminal_start 50 "$OVL_CP" "$option" --reflink=never --sparse=always text copy
		terminal_ends 0
		run screen
		assert_output --partial "'text' -> 'copy'"
		refute_line --regexp '.{51}'
		assert_line --regexp '^    +[a-z]'
		terminal_close
	done
}

@test "where there is no terminal a message is one line, whatever COLUMNS is" {
	COLUMNS=40 ovl_cp_split --debug --reflink=never --sparse=always text copy
	assert_line --regexp '^  copied by .* bytes written, 0 shared \(rule: .*\)$'
	COLUMNS=40 ovl_cp_split 'a name that is longer than these forty columns' dir
	assert_equal "${stderr?}" \
		"ovl-cp: cannot stat 'a name that is longer than these forty columns': No such file or directory"
	unset COLUMNS
	ovl_cp --explain --reflink=never text copy
	refute_line --regexp '^ {15}'
}
