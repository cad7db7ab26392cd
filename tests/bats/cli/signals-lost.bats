#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# A signal that comes a moment before a call that blocks ends the program nevertheless. strace sends
# it at the end of the call before that one.

load ../../fixtures/common

setup() {
	requires strace
	cd "$BATS_TEST_TMPDIR" || return
	mkfifo fifo
	echo source >src
	echo old >old
	exec {ends}<>fifo
}

teardown() {
	lab_cleanup
	[ -z "${pid-}" ] || kill -KILL "$pid" 2>/dev/null || :
}

# interrupted FILE CALL ARG...: runs the program with standard input from a FIFO that nothing is
# written to, sends it SIGINT at the end of the first CALL about FILE, and asserts that it dies of it.
interrupted() {
	run timeout 60 env --default-signal=INT strace -f -qq -o trace -P "$1" -P "$PWD/$1" \
		-e inject="$2:signal=INT:when=1" "$OVL_CP" "${@:3}" <fifo
	cat trace
	assert_equal "$status" 130
}

@test "before the wait for the writer of a FIFO" {
	mkfifo other
	interrupted other fstatfs other new
	assert_not_exists new
}

@test "before the answer of -i" {
	# asked just before the question
	interrupted old faccessat2 -i src old
	assert_equal "$(<old)" old
}

@test "before a FIFO as destination is opened" {
	dynamic_only 'musl makes other system calls'
	mkfifo other
	interrupted other newfstatat src other
	[ -p other ]
}

sleeps() { grep -q '^State:.S' "/proc/$pid/status"; }

# ends_at_full_pipe FILE ARG...: runs the program with its output into a full pipe, ends it by
# SIGTERM when it waits there and FILE has been made, and asserts that it dies of it.
ends_at_full_pipe() {
	mkfifo pipe
	exec {full}<>pipe
	timeout 5 dd if=/dev/zero of=pipe bs=4096 count=32 oflag=nonblock 2>/dev/null || :
	"$OVL_CP" "${@:2}" >&"$full" 3>&- {ends}>&- &
	pid=$!
	until_true [ -s "$1" ]
	until_true sleeps
	kill -TERM "$pid"
	until_true has_ended
	status=0
	wait "$pid" || status=$?
	pid=
	assert_equal "$status" 143
}

@test "while the last output waits for a full pipe" {
	ends_at_full_pipe new -v src new
	cmp src new
}

@test "while an output during the copy waits for a full pipe, and so does the next" {
	names=(a-name-that-is-long-enough-to-fill-a-buffer-with-some-dozens-of-lines-{1..300})
	ends_at_full_pipe "${names[20]}" -v --fan-out src "${names[@]}"
	assert_not_exists "${names[299]}"
}
