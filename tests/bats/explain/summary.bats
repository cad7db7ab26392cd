#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --explain=summary: the sums alone, and messages that say how many files they stand for.
# shellcheck disable=SC2154 # stderr belongs to bats

load ../../fixtures/common

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	mkdir -p tree/sub
	for ((i = 0; i < 40; i++)); do echo "$i" >tree/$i; done
	ln -s 1 tree/link
	echo old >old
}

@test "there are sums, and no line about a single file" {
	ovl_cp_split --explain=summary -R tree new
	assert_success
	assert_line --index 0 --regexp '^total: 40 '
	assert_line --regexp '^  no data: +2 directories, 1 symbolic link$'
	assert_line --regexp '^  bytes: '
	assert_line 'nothing was copied'
	refute_output --partial "'"
	assert_equal "$stderr" ''
	assert_not_exists new
	ovl_cp --explain=sum -n tree/1 old
	assert_line --regexp '^  left alone: +1 file$'
	ovl_cp --explain=summary tree/1 new
	assert_line --regexp '^  bytes: '
}

@test "the last form wins, and -v shows the names" {
	ovl_cp --explain=summary --explain tree/1 new
	assert_line "'tree/1' -> 'new'"
	assert_line --partial 'method:'
	ovl_cp --explain --explain=summary -v tree/1 new
	assert_line "'tree/1' -> 'new'"
	refute_output --partial 'method:'
	ovl_cp --explain=short tree/1 new
	assert_failure 1
	assert_line --index 0 "ovl-cp: invalid argument 'short' for '--explain'"
}

@test "messages that are alike are printed once, with the number of the others" {
	ovl_cp_split --explain=summary none1 none2 none3 tree/1 tree tree/sub new
	assert_failure 1
	ovl_cp_split --explain=summary none1 none2 none3 tree tree/1 tree/sub tree/sub
	assert_failure 1
	assert_equal "$(grep -c 'cannot stat' <<<"$stderr")" 2
	grep -x "ovl-cp: cannot stat 'none1': No such file or directory" <<<"$stderr"
	grep -x "ovl-cp: the same for 2 more files: cannot stat 'none1': No such file or directory" \
		<<<"$stderr"
	ovl_cp_split --explain none1 none2 none3 tree/1 tree
	assert_equal "$(grep -c '^ovl-cp: cannot stat' <<<"$stderr")" 3
}

@test "--fallback=warn says at the end how many files and bytes were written for each reason" {
	requires root
	fs_make tmpfs small
	mkdir small/to
	ovl_cp_split --fallback=warn -R tree small/to
	assert_success
	assert_equal "$(grep -c ': warning: ' <<<"$stderr")" 1
	size="$(cat tree/[0-9]* | wc -c) bytes"
	grep -x "ovl-cp: 40 files ($size) were written in full for the same reason as 'small/to/tree/.*'" <<<"$stderr"
	ovl_cp_split --fallback=warn tree/1 small/to
	refute [ "$(grep -c 'written in full' <<<"$stderr")" != 0 ]
	ovl_cp_split --fallback=warn --explain=summary -R tree small/new
	grep -q "^ovl-cp: warning: '.*' would not share its data: " <<<"$stderr"
	grep -x "ovl-cp: 40 files ($size) would be written in full for the same reason as 'small/new/.*'" <<<"$stderr"
}
