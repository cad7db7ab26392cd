#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --progress where a line cannot be erased: whole lines without escape codes, or nothing.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # variables of the fixture, and the end of a FIFO

load ../../fixtures/common
load ../../fixtures/quirkfs
load ../../fixtures/terminal

setup() { requires tmux && terminal_setup; }

teardown() {
	terminal_end
	[ -z "${pid-}" ] || kill -KILL "$pid" 2>/dev/null || :
}

# start ARG...: runs the program in the background, with its messages in "messages".
start() {
	"$OVL_CP" "$@" 2>"${messages:-messages}" 3>&- {feed}>&- &
	pid=$!
}

# copies_all: waits beyond the first line; the copy must be complete.
copies_all() {
	until_true [ -s new ]
	sleep 1.5
	feed_end
	until_true has_ended
	wait "$pid"
	assert_equal "$(stat -c %s new)" 1048576
}

# has_only_text FILE: true if it has lines of text, and no control characters but their ends.
has_only_text() { [ -s "$1" ] && ! tr -d '\r\n' <"$1" | grep -q '[[:cntrl:]]'; }

@test "without a terminal nothing is drawn, unless always" {
	start --progress fifo new
	feed_zeros 1M
	copies_all
	assert_equal "$(<messages)" ''
}

@test "always prints whole lines into a file" {
	start --progress=always fifo new
	feed_zeros 1M
	until_true grep -qxE 'ovl-cp: 1.0 MiB so far, after [0-9]+ s, .*, 0 bytes shared, 1.0 MiB written' messages
	has_only_text messages
	refute grep -q $'\r' messages
	feed_end
	wait "$pid"
	# one after a second, and one every ten seconds after that
	seconds=$(sed -nE '$s/.*, after ([0-9]+) s,.*/\1/p' messages)
	[ "$(wc -l <messages)" -le $((1 + seconds / 10)) ]
}

@test "a pipe that is full does not hold up the copy" {
	mkfifo full && exec {end}<>full
	dd if=/dev/zero of=full bs=64k oflag=nonblock 2>/dev/null || :
	messages=full start --progress=always fifo new
	feed_zeros 1M
	copies_all
}

@test "a reader that has gone does not end the copy" {
	"$OVL_CP" --progress=always fifo new 2> >(true) 3>&- {feed}>&- &
	pid=$!
	feed_zeros 1M
	copies_all
}

@test "a terminal that is dumb gets lines without escape codes" {
	terminal_start 150 env TERM=dumb "$OVL_CP" --progress fifo new
	feed_zeros 1M
	until_true shows '^ovl-cp: 1.0 MiB so far, after [0-9]+ s'
	has_only_text raw
	feed_end
	terminal_ends 0
	run screen
	refute_line --regexp '^([^o].*|ovl-cp: [^1].*)$'
}
