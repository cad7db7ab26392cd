#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --stats prints three lines at the end on standard error, also if a signal ends the copy.
# shellcheck disable=SC2154 # variables of bats

load ../../fixtures/common

setup() { cd "$BATS_TEST_TMPDIR" || return; }

teardown() {
	[ -z "${pid-}" ] || kill -KILL "$pid" 2>/dev/null || :
}

# stats_are FILES BYTES ARG...: the program must print these lines, and one with the time.
stats_are() {
	local files=$1 bytes=$2
	shift 2
	ovl_cp_split --stats "$@"
	assert_equal "${stderr_lines[-3]}" "files: $files"
	assert_equal "${stderr_lines[-2]}" "data:  $bytes"
	assert_regex "${stderr_lines[-1]}" '^time:  [0-9]+\.[0-9]{3} s(, .*/s written)?$'
}

@test "files, directories, and bytes that were written" {
	mkdir -p tree/sub && file_make tree/a 1M && file_make tree/sub/b 1M 2 && ln -s a tree/link
	stats_are '3 copied, 2 directories' '0 bytes shared, 2.0 MiB written, 0 bytes copied up' \
		-a --reflink=never tree new
	assert_success
	assert_equal "$output" ''
}

@test "errors, and what is left alone" {
	file_make a 1M && mkdir dir && cp a dir/a && touch b
	stats_are '1 copied, 1 left alone, 2 errors' \
		'0 bytes shared, 0 bytes written, 0 bytes copied up' -n a b missing also-missing dir
	assert_failure 1
	assert_equal "${#stderr_lines[@]}" 5
}

@test "a signal ends the copy with what is complete" {
	mkfifo fifo && exec {feed}<>fifo
	file_make a 1M && mkdir dir
	env --default-signal=INT "$OVL_CP" --stats --reflink=never a fifo dir 2>messages 3>&- {feed}>&- &
	pid=$!
	head -c 1M /dev/zero >&"$feed"
	until_true [ -s dir/fifo ]
	kill -INT "$pid"
	local status=0
	wait "$pid" || status=$?
	assert_equal "$status" 130
	assert_equal "$(head -n 2 messages)" 'files: 1 copied
data:  0 bytes shared, 1.0 MiB written, 0 bytes copied up'
	run sed 1,2d messages
	assert_output --regexp '^time:  [0-9]+\.[0-9]{3} s, .*/s written, ended by a signal \(Interrupt\)$'
}

@test "a dry run has totals of its own" {
	ovl_cp_split --stats --explain "$OVL_CP" b
	assert_equal "$stderr" ''
}

@test "the time has a point in every locale, also when a message has set it" {
	dynamic_only 'musl has no such locales'
	requires localedef
	mkdir locales && localedef -i de_DE -f UTF-8 locales/de_DE.UTF-8 || skip 'no sources of locales'
	export LOCPATH=$PWD/locales LC_ALL=de_DE.UTF-8
	ovl_cp_split --stats missing new
	assert_equal "${#stderr_lines[@]}" 4
	assert_regex "${stderr_lines[-1]}" '^time:  [0-9]+\.[0-9]{3} s$'
}
