#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Signals: an incomplete file is removed, a complete one stays, and the parent sees the signal.

load ../../fixtures/common

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	mkfifo fifo fifo2
	# Both ends in one descriptor: neither this shell nor the program blocks in open().
	exec {ends}<>fifo
	echo old >old
	ignored=()
	pid=
}

teardown() {
	lab_cleanup
	[ -z "$pid" ] || kill -KILL "$pid" 2>/dev/null || :
}

# start ARG...: runs the program in the background, but does not let it ignore SIGINT as shells do.
start() {
	env --default-signal "${ignored[@]}" "$OVL_CP" "$@" <&0 >out 2>&1 3>&- {ends}>&- &
	pid=$!
}

has_zeros() { [ "$(head -c 1 "$1" | tr '\0' 0)" = 0 ]; }

# True once the program sleeps after it has opened the FIFO: in poll(), until there is a writer.
waits_for_writer() {
	[ fifo2 -ef "/proc/$pid/fd/3" ] && grep -q '^State:.S' "/proc/$pid/status"
}

# dies_of SIGNAL: sends SIGNAL; the program must be terminated by it.
dies_of() {
	local number
	number=$(kill -l "$1")
	kill -s "$1" "$pid"
	until_true has_ended
	wait "$pid" || status=$?
	pid=
	cat out
	assert_equal "$status" $((128 + number))
}

# completes: closes the source, and waits until the program exits.
completes() {
	exec {ends}>&-
	wait "$pid"
	pid=
}

@test "a new file that is not complete is removed after each signal" {
	for signal in INT TERM HUP; do
		start fifo new
		head -c 50000 /dev/zero >&"$ends"
		until_true [ -s new ]
		dies_of "$signal"
		assert_not_exists new
		assert_equal "$(<out)" ''
	done
}

@test "a copy that is busy is ended, and its file removed" {
	ulimit -S -f 8000000 # in case it does not stop
	start /dev/zero new
	ulimit -S -f unlimited
	until_true [ -s new ]
	dies_of INT
	assert_not_exists new
}

@test "a file that existed is not removed" {
	start fifo old
	head -c 50000 /dev/zero >&"$ends"
	until_true has_zeros old
	dies_of INT
	assert_exists old
}

@test "complete destinations of a fan-out stay, later ones are not begun" {
	file_make src 1M
	start --fan-out src a b fifo c
	read -r -N 1 -t 20 -u "$ends" # so it writes to fifo, and blocks when that is full
	dies_of INT
	cmp src a
	cmp src b
	assert_not_exists c
	[ -p fifo ]
	assert_equal "$(<out)" ''
}

@test "complete copies into a directory stay, the next are not begun" {
	mkdir dir
	echo a >a
	start -v a fifo old dir
	head -c 50000 /dev/zero >&"$ends"
	until_true [ -s dir/fifo ]
	dies_of INT
	assert_equal "$(ls dir)" a
	assert_equal "$(<out)" "'a' -> 'dir/a'
'fifo' -> 'dir/fifo'"
}

@test "after a signal no further source is waited for" {
	mkdir dir
	start fifo fifo2 dir
	head -c 50000 /dev/zero >&"$ends"
	until_true [ -s dir/fifo ]
	dies_of INT
}

@test "waiting for the writer of a FIFO is ended" {
	start fifo2 new
	until_true waits_for_writer
	dies_of INT
	assert_not_exists new
	assert_equal "$(<out)" ''
}

@test "a question of -i is ended, and means no" {
	echo new >src
	start -i src old <fifo
	until_true grep -q overwrite out
	dies_of INT
	assert_equal "$(<old)" old
}

@test "an ignored SIGHUP stays ignored" {
	ignored=(--ignore-signal=HUP)
	start fifo new
	head -c 50000 /dev/zero >&"$ends"
	until_true [ -s new ]
	kill -s HUP "$pid"
	echo more >&"$ends"
	completes
	assert_equal "$(wc -c <new)" 50005
}

@test "an ignored SIGINT, as in a background job, stays ignored" {
	ignored=(--ignore-signal=INT)
	start fifo new
	head -c 50000 /dev/zero >&"$ends"
	until_true [ -s new ]
	kill -s INT "$pid"
	completes
	assert_equal "$(wc -c <new)" 50000
}

@test "a signal without meaning for a copy does not disturb it" {
	start fifo new
	head -c 50000 /dev/zero >&"$ends"
	until_true [ -s new ]
	for signal in WINCH CHLD STOP CONT XFSZ; do kill -s "$signal" "$pid"; done
	completes
	assert_equal "$(wc -c <new)" 50000
}

@test "a limit on the size of files is an error, and the file is removed" {
	file_make src 1M
	for option in --reflink=auto --reflink=never; do
		run bash -c 'ulimit -f 100 && exec "$0" "$@"' "$OVL_CP" "$option" src new
		assert_failure 1
		assert_output "ovl-cp: error writing 'new': File too large"
		assert_not_exists new
	done
}

@test "a limit on the size of files leaves the other destinations of a fan-out to be tried" {
	file_make src 1M
	run bash -c 'ulimit -f 100 && exec "$0" "$@"' "$OVL_CP" --fan-out src a /dev/null b
	assert_failure 1
	assert_output "ovl-cp: error writing 'a': File too large
ovl-cp: error writing 'b': File too large"
	assert_not_exists a
	assert_not_exists b
}

# True once the program sleeps in the open of fifo2, which nobody reads.
waits_for_reader() {
	local fd
	for fd in "/proc/$pid/fd"/*; do
		if [ fifo2 -ef "$fd" ]; then
			grep -q '^State:.S' "/proc/$pid/status"
			return
		fi
	done
	return 1
}

@test "-f does not remove a FIFO without a reader when a signal ends the copy" {
	for signal in INT TERM HUP; do
		start -f old fifo2
		until_true waits_for_reader
		dies_of $signal
		[ -p fifo2 ]
	done
}

@test "the first process of a container ends by the status that a shell has for the signal" {
	requires root unshare
	env --default-signal unshare --pid --fork --kill-child "$OVL_CP" fifo new >out 2>&1 3>&- {ends}>&- &
	pid=$!
	head -c 50000 /dev/zero >&"$ends"
	until_true [ -s new ]
	kill -TERM "$(pgrep -P "$pid")"
	status=0
	wait "$pid" || status=$?
	pid=
	assert_equal "$status" 143
	assert_not_exists new
}
