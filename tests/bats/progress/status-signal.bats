#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# SIGUSR1 prints one line of status, as with dd, and changes nothing else.
# shellcheck disable=SC2030,SC2031 # pid belongs to each test

load ../../fixtures/common

setup() {
	cd "$BATS_TEST_TMPDIR" && mkfifo fifo && exec {feed}<>fifo && pid=
}

teardown() { [ -z "$pid" ] || kill -KILL "$pid" 2>/dev/null || :; }

# start ENV-ARG... PROGRAM ARG...: runs it in the background, and feeds it 1 MiB.
start() {
	env "$@" 2>messages 3>&- {feed}>&- &
	pid=$!
	head -c 1M /dev/zero >&"$feed"
	until_true [ -s new ]
}

# status_lines N: true if there are N lines of status, and nothing else.
status_lines() {
	local size='[0-9.]+ [KMG]iB'
	[ "$(wc -l <messages)" = "$1" ] &&
		! grep -Evq "^ovl-cp: $size so far(, 0 files)?, after [0-9]+ s, $size/s, 0 bytes shared, $size written$" messages
}

completes() {
	exec {feed}>&-
	wait "$pid"
	pid=
}

@test "each signal prints a line, and the copy is complete" {
	start "$OVL_CP" fifo new
	for n in 1 2 3; do
		kill -USR1 "$pid"
		until_true status_lines "$n"
	done
	head -c 1M /dev/zero >&"$feed"
	completes
	assert_equal "$(stat -c %s new)" 2097152
	status_lines 3
}

@test "with threads, too" {
	mkdir tree new && for i in 1 2 3 4; do file_make "tree/$i" 2M "$i"; done
	"$OVL_CP" -r --copy-contents -j4 --reflink=never fifo tree new 2>messages 3>&- {feed}>&- &
	pid=$!
	echo text >&"$feed"
	until_true [ -s new/fifo ]
	exec {feed}>&-
	for _ in {1..50}; do kill -USR1 "$pid" 2>/dev/null || break; done
	completes
	refute grep -qv '^ovl-cp: [0-9.]* [a-zA-Z]* so far, ' messages
	diff -r tree new/tree
}

@test "with POSIXLY_CORRECT, and where it is ignored, it keeps its action" {
	start POSIXLY_CORRECT=1 "$OVL_CP" fifo new
	kill -USR1 "$pid"
	exec {feed}>&- # otherwise it would wait for ever
	wait "$pid" || status=$?
	assert_equal "${status-0}" $((128 + $(kill -l USR1)))
	exec {feed}<>fifo
	start --ignore-signal=USR1 "$OVL_CP" fifo new
	kill -USR1 "$pid"
	completes
	assert_equal "$(<messages)" ''
}

@test "with --progress its thread prints the line, and the one that copies is not interrupted" {
	requires strace
	# LeakSanitizer does not work under strace
	start ASAN_OPTIONS=detect_leaks=0 strace -f -qq -o trace -e trace=read "$OVL_CP" --progress=always fifo new
	kill -USR1 "$(pgrep -P "$pid")"
	until_true status_lines 1
	completes
	refute grep -q 'read(.*ERESTARTSYS' trace
}
