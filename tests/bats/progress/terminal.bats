#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --progress draws one line on a terminal, in any width, and erases it.
# shellcheck disable=SC2016 # expanded by that shell

load ../../fixtures/common
load ../../fixtures/terminal

setup() {
	requires tmux
	terminal_setup
}

teardown() { terminal_end; }

@test "after a second there is a line with bytes and name, and at the end there is none" {
	terminal_start 100 "$OVL_CP" --progress fifo new
	feed_zeros 1M
	until_true shows "^1.0 MiB so far, .*, 0 bytes shared, 1.0 MiB written, 'new'$"
	feed_zeros 1M
	until_true shows '^2.0 MiB so far, '
	assert_equal "$(screen | wc -l)" 1
	feed_end
	terminal_ends 0
	assert_equal "$(screen)" ''
	assert_equal "$(stat -c %s new)" 2097152
}

@test "never, and no option at all, draw nothing" {
	for option in --progress=never -f; do
		rm -f new
		terminal_start 100 "$OVL_CP" "$option" fifo new
		feed_zeros 1M
		until_true [ -s new ]
		sleep 1.5
		assert_equal "$(<raw)" ''
		terminal_close
	done
}

@test "the line follows the width of the terminal" {
	terminal_start 100 "$OVL_CP" --progress fifo new
	feed_zeros 1M
	until_true shows "written, 'new'$"
	pane resize-window -x 40
	until_true eval 'last_line | grep -Eqx "1.0 MiB so far(, [0-9.]+ [KM]iB/s)?(, .new.)?"'
	feed_zeros 1M
	until_true eval 'last_line | grep -Eqx "2.0 MiB so far(, [0-9.]+ [KM]iB/s)?(, .new.)?"'
	pane resize-window -x 120
	until_true eval 'last_line | grep -Eq "^2.0 MiB so far.*written, .new.$"'
}

@test "wide characters of a name count as two columns" {
	name=漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字
	terminal_start 60 "$OVL_CP" --progress --copy-contents -R fifo "$name"
	feed_zeros 1M
	until_true shows '^1.0 MiB so far, .*, \.\.\.(漢|字)+.$'
	assert_equal "$(screen | wc -l)" 1
	feed_end
	terminal_ends 0
	assert_equal "$(screen)" ''
}

@test "in the background nothing is drawn" {
	terminal_start 100 bash -c '"$1" --progress fifo new & wait $!' "$OVL_CP" "$OVL_CP"
	feed_zeros 1M
	until_true shows '^1.0 MiB so far' # a job of a shell without job control
	terminal_close
	terminal_start 100 bash -mc '"$1" --progress fifo other & wait $!' "$OVL_CP" "$OVL_CP"
	feed_zeros 1M
	until_true [ -s other ]
	sleep 1.5
	assert_equal "$(<raw)" ''
}
