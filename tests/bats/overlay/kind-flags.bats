#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# btrfs clones only between files that both have checksums, or both have none (nodatacow,
# nodatasum). Under every option --explain predicts what the copy does.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay
load ../../fixtures/kind

setup_file() { stack_file ext4 btrfs reflink:btrfs chattr lsattr; }

teardown() {
	mount -o remount,datasum,datacow,compress=no "$BATS_FILE_TMPDIR/up" || :
	lab_cleanup
}

matched=(auto:range {always,share,clone}:clone-matched up:range fan:range+donor)

@test "the work directory decides for what is copied up, not the directory of the copy" {
	sources "$low/file" "$SIZE"
	stack
	mkdir "$merged/nocow"
	chattr +C "$up/upper/nocow"
	assert_ways "$merged/file" "$merged/nocow" "${matched[@]/fan:range+donor/fan:read-write+donor}"
	[[ $(lsattr "$up/upper/nocow/to.always") != *C*' '* ]] || fail 'it has the flag'
	[[ $(lsattr "$up/upper/nocow/to.auto") == *C*' '* ]] || fail 'it has not the flag'
}

@test "an overlay whose layers are all without copy-on-write" {
	chattr +C "$up"
	sources "$low/file" "$SIZE"
	stack
	assert_ways "$merged/file" "$merged" "${all_copied_up[@]}"
	[[ $(lsattr "$up/upper/file.auto") == *C*' '* ]] || fail 'it has not the flag'
}

@test "destinations that exist keep their flag, unless sharing is required" {
	mkdir "$up/"{nocow,cow}
	chattr +C "$up/nocow"
	sources "$up/nocow/file" "$SIZE"
	sources "$up/cow/to" 5M
	file_make "$up/cow/second.fan" 5M
	watched=("$up")
	assert_ways "$up/nocow/file" "$up/cow" "${matched[@]}"
}

@test "files of a time when there were no checksums" {
	mount -o remount,nodatasum "$BATS_FILE_TMPDIR/up"
	sources "$up/file" "$SIZE"
	mount -o remount,datasum "$BATS_FILE_TMPDIR/up"
	mkdir "$up/plain"
	watched=("$up")
	assert_ways "$up/file" "$up/plain" "${matched[@]}"
	ovl_cp --explain "$up/file.auto" "$up/plain/copy"
	assert_output --partial 'differ in whether btrfs keeps checksums of their data'
}

@test "files of a time when there were checksums" {
	sources "$up/file" "$SIZE"
	mount -o remount,nodatasum "$BATS_FILE_TMPDIR/up"
	mkdir "$up/plain"
	watched=("$up")
	assert_ways "$up/file" "$up/plain" "${matched[@]}"
	[[ $(lsattr "$up/plain/to.always") != *C*' '* ]] || fail 'it has the flag'
}

@test "compressed data is shared as it is" {
	mount -o remount,compress=zstd "$BATS_FILE_TMPDIR/up"
	sources "$low/file" "$SIZE"
	stack
	assert_ways "$merged/file" "$merged" "${all_copied_up[@]}"
	extents "$merged/to.auto" | grep -q encoded || fail 'it is not compressed'
	assert_equal "$(extents "$merged/to.auto")" "$(extents "$merged/file.auto")"
	[ "$(growth "$up")" -lt $((2 * SIZE)) ] || fail 'not compressed on disk' # of six sources
}
