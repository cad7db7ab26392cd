#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The line of --progress is erased before anything else is printed, and is not drawn into it.

load ../../fixtures/common
load ../../fixtures/terminal

setup() {
	requires tmux
	terminal_setup
	mkdir dir
}

teardown() { terminal_end; }

@test "an error message has a line of its own, and the progress is drawn after it" {
	mkfifo second
	exec {end}<>second
	terminal_start 100 "$OVL_CP" --progress fifo missing second dir
	feed_zeros 1M
	until_true shows '^1.0 MiB so far'
	feed_end
	until_true shows "^ovl-cp: cannot stat 'missing': No such file or directory$"
	head -c 1M /dev/zero >&"$end"
	until_true shows '^2.0 MiB so far, 2 of 3 files'
	assert_equal "$(screen | wc -l)" 2
	exec {end}>&-
	terminal_ends 1
	assert_equal "$(screen)" "ovl-cp: cannot stat 'missing': No such file or directory"
}

@test "so have the lines of -v" {
	echo text >text
	terminal_start 100 "$OVL_CP" --progress -v fifo text dir
	feed_zeros 1M
	until_true shows '^1.0 MiB so far'
	assert_equal "$(screen | head -n 1)" "'fifo' -> 'dir/fifo'"
	feed_end
	terminal_ends 0
	assert_equal "$(screen)" "'fifo' -> 'dir/fifo'
'text' -> 'dir/text'"
}

@test "nothing is drawn into a question" {
	touch text dir/text
	terminal_start 100 "$OVL_CP" --progress -i fifo text dir
	feed_zeros 1M
	until_true shows '^1.0 MiB so far'
	feed_end
	until_true shows "^ovl-cp: overwrite 'dir/text'\\?"
	sleep 0.7
	assert_equal "$(screen)" "ovl-cp: overwrite 'dir/text'?"
	pane send-keys y Enter
	terminal_ends 0
	assert_equal "$(screen)" "ovl-cp: overwrite 'dir/text'? y"
}

@test "SIGUSR1 prints a line that stays, and the progress is drawn after it" {
	terminal_start 150 "$OVL_CP" --progress fifo new
	feed_zeros 1M
	until_true shows '^1.0 MiB so far'
	kill -USR1 "$(<pid)"
	until_true shows '^ovl-cp: 1.0 MiB so far, after .*, 0 bytes shared, 1.0 MiB written$'
	feed_zeros 1M
	until_true shows '^2.0 MiB so far'
	assert_equal "$(screen | wc -l)" 2
	feed_end
	terminal_ends 0
}

@test "a signal ends the copy, and the line is erased" {
	terminal_start 100 "$OVL_CP" --progress fifo new
	feed_zeros 1M
	until_true shows '^1.0 MiB so far'
	pane send-keys C-c
	terminal_ends 130
	assert_equal "$(screen)" ''
	assert_not_exists new
}
