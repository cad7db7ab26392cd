#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The layout of the output of --explain, and the advice in other messages.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay
load ../../fixtures/explain

setup_file() { stack_file ext4 xfs; }

scene() {
	file_make "$low/small" 20000
	file_make "$low/large" "$SIZE"
	: >"$low/empty"
	stack
	cd "$merged" || return
	watched=("$merged" "$up")
}

@test "lines are folded where COLUMNS says so, and continue under the text" {
	scene
	COLUMNS=50 explains small new
	refute_line --regexp '^.{51}'
	assert_line --regexp '^ {15}[^ ]'
	run grep -vE '^(  [a-z ]+: +| {15}|total: |nothing )[^ ]' <<<"$output"
	assert_output "'small' -> 'new'"
	unset COLUMNS # and where there is no terminal
	explains small new
	refute_line --regexp '^ {15}'
}

@test "first comes why, then what helps, then what it costs" {
	scene
	explains small new
	run grep -o '^[^:]*:' <<<"$(sed 1d <<<"$output" | tr -s ' ')"
	assert_output "$(printf ' %s:\n' source destination method refused 'not shared' 'to share it' \
		bytes 'image layer'; printf 'total:\n upper layer:')"
}

@test "what would be removed is not reported as removed" {
	scene
	explains --remove-destination large small
	assert_line "would remove 'small'"
	refute_line --regexp '^removed'
}

@test "what is required and impossible is explained like the others, and summed up" {
	scene
	fs_make tmpfs "$BATS_TEST_TMPDIR/to"
	explains --require=share large small "$BATS_TEST_TMPDIR/to"
	assert_failure 1
	assert_says destination 'on tmpfs, which cannot clone'
	assert_says 'to share it' 'copy within the overlay'
	assert_says total '2 refused'
	assert_says 'to share' '2 files: copy within the overlay'
	refute_output --partial 'method:'
}

@test "an empty file, a FIFO, a link, a file that is left alone" {
	scene
	ln -s small link
	mkfifo fifo
	explains empty new
	assert_says 'not shared' 'the source reports a size of 0'
	explains fifo new
	assert_says source 'not a regular file'
	refute_output --partial 'unknown'
	explains -P link new
	assert_says method 'symbolic link'
	explains -n small large
	assert_says method 'nothing: the destination exists and is left alone'
	assert_says total 'no file with data'
}
