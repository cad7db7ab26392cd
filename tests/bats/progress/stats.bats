#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --stats prints three lines at the end on standard error, also if a signal ends the copy.
# shellcheck disable=SC2154 # variables of bats
# needs: images

load ../../fixtures/overlay

setup() { cd "$BATS_TEST_TMPDIR" || return; }

teardown() {
	[ -z "${pid-}" ] || kill -KILL "$pid" 2>/dev/null || :
	lab_cleanup
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

@test "what is cloned, shared by copy_file_range, and copied up" {
	requires loop overlay fs:ext4 reflink:xfs
	fs_make ext4 low && fs_make xfs up && file_make low/big 2M && file_make low/other 1M
	overlay_make merged "$PWD/low" "$PWD/up"
	stats_are '1 copied' '2.0 MiB shared, 0 bytes written, 2.0 MiB copied up' \
		merged/big merged/new
	stats_are '3 copied' '4.0 MiB shared, 2.0 MiB written, 0 bytes copied up' \
		--fan-out "$PWD/low/big" up/a up/b up/c
	stats_are '1 copied up' '0 bytes shared, 0 bytes written, 1.0 MiB copied up' \
		--copy-up-only merged/other
}

@test "a deduplication counts what is equal" {
	requires loop reflink:xfs
	fs_make xfs xfs && file_make xfs/a 1M && dd if=xfs/a of=xfs/b bs=1M status=none
	stats_are '1 equal' '1.0 MiB shared, 0 bytes written, 0 bytes copied up' --dedupe xfs/{a,b}
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
