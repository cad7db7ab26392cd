#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# How the picture of --map fits the terminal, and what is left out of it.

load ../../fixtures/common
load ../../fixtures/stat

setup() {
	lab_setup
	cd "$BATS_TEST_TMPDIR" || return
	file_make file 1M
	truncate -s 1M holes
	: >empty
}

@test "it is as wide as COLUMNS, and 80 columns without a terminal" {
	COLUMNS=40 ovl_stat --map file
	row=$(grep '^A [^ ]' <<<"$output")
	assert_equal "${#row}" 39 # 28 KiB a character
	COLUMNS='' ovl_stat --map file
	row=$(grep '^A [^ ]' <<<"$output")
	assert_equal "${#row}" 66 # 16 KiB
}

@test "in a terminal it is as wide as that" {
	requires script
	unset COLUMNS
	run script -qec "stty cols 40 rows 20; '$OVL_STAT' --map file" /dev/null
	row=$(grep -a '^A [^ ]' <<<"${output//$'\r'/}")
	assert_equal "${#row}" 39
}

@test "block characters are for locales that have them" {
	ovl_stat --map holes
	assert_line --partial 'A ......'
	LC_ALL=C.UTF-8 ovl_stat --map holes
	assert_line --partial 'A ······'
}

@test "files without data, and a file twice" {
	COLUMNS=12 ovl_stat --map empty holes
	assert_success
	assert_line 'A '
	assert_line 'B ..........'
	sync file
	COLUMNS=12 ovl_stat --map file file
	assert_success
	assert_line --regexp '^A (#{10}|\?{10})$'
}

@test "files that are not regular are left out, with a message" {
	mkfifo fifo
	ovl_stat --map fifo . holes none
	assert_failure 1
	assert_line "ovl-stat: not a regular file: 'fifo'"
	assert_line "ovl-stat: not a regular file: '.'"
	assert_line "ovl-stat: cannot inspect 'none': No such file or directory"
	assert_line --regexp "^A .* 'holes'$"
}
