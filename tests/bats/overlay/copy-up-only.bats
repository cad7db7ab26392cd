#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --copy-up-only: the copy-up alone, with all that is checked before a clone.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/policy

up_only() { ovl_cp -v --copy-up-only "$@"; }

@test "a file is copied up, keeps its times, and any program can clone it then" {
	source_of 4096
	up_only "$merged/file"
	assert_success
	assert_output --partial "copied up '$merged/file': 4096 bytes"
	assert_copied_up file
	cp --reflink=always "$merged/file" "$merged/copy"
	assert_shares "$up/upper/"{file,copy}
}

@test "what is copied up already is left alone, and so is a file outside of an overlay" {
	source_of "$SIZE"
	up_only "$merged/file" "$merged/file" "$low/file"
	assert_success
	assert_output --partial "left alone '$merged/file': its data is on the upper layer already"
	assert_output --partial "left alone '$low/file': it is not on an overlay"
	assert_grown_by "$SIZE"
}

@test "--explain foretells it, and changes nothing" {
	source_of "$SIZE"
	up_only --explain "$merged/file" "$low/file"
	assert_success
	assert_line --partial "copy-up:     writes $SIZE bytes"
	assert_output --partial "left alone '$low/file': it is not on an overlay"
	assert_line 'nothing was copied'
	assert_not_copied_up file
	assert_grown_by 0
}

@test "hard links that would split refuse it, with the reason and status 1" {
	file_make "$low/file" "$SIZE"
	ln "$low/file" "$low/link"
	stack
	remember "$merged/file"
	up_only --explain "$merged/file"
	assert_failure 1
	assert_line --partial 'copy-up:     none:'
	up_only --copy-up=always "$merged/file"
	assert_failure 1
	assert_output --partial 'would break its hard links'
	assert_not_copied_up file
}

@test "an overlay that is mounted read-only refuses it, which --explain foretells" {
	source_of "$SIZE"
	mount -o remount,ro "$merged"
	up_only "$merged/file"
	assert_failure 1
	assert_output --partial 'Read-only file system'
	up_only --explain "$merged/file"
	assert_failure 1
	assert_output --partial 'Read-only file system'
	assert_output --partial 'mount the overlay read-write with an upper layer'
	refute_output --partial 'unknown until it is tried'
}

@test "a limit of the caller selects, and --copy-up=never contradicts" {
	source_of 65536
	up_only --copy-up-min=1M "$merged/file"
	assert_success
	assert_output --partial 'less data than --copy-up-min'
	OVL_CP_COPY_UP=never up_only "$merged/file"
	assert_failure 1
	assert_output --partial 'one asks for what the other forbids'
	assert_not_copied_up file
}

@test "options about a destination are refused, however they are spelled" {
	for option in -b -Sx -Tv --backup=t --fan-out -s --atomic --fsync --verify; do
		ovl_cp "$option" --copy-up-only nothing
		assert_failure 1
		assert_output --partial 'cannot combine --copy-up-only and -'
		assert_output --partial 'nothing is copied to a destination'
	done
}
