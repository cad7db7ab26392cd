#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --require: a file that cannot share its data in the required way is an error and is removed; the
# other files are copied.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay

setup_file() { stack_file ext4 xfs; }

scene() {
	mkdir -p "$low/tree/sub" "$up/plain"
	file_make "$low/file" 5000
	file_make "$low/tree/one" 4000
	file_make "$low/tree/sub/two" 70000
	file_make "$low/linked" 6000 && ln "$low/linked" "$low/linked2"
	: >"$low/empty" && : >"$low/tree/empty"
	stack
	file_make "$merged/upper" 30000
	cd "$merged" || return
	fs_make tmpfs "$BATS_TEST_TMPDIR/to"
	to=$BATS_TEST_TMPDIR/to
}

@test "in an overlay small files are copied up for it, also of trees and fan-outs" {
	scene
	for how in share clone; do
		mkdir new-$how
		ovl_cp --require=$how -R file empty tree new-$how
		assert_success
		assert_shares "$up/upper/file" "$up/upper/new-$how/file"
		assert_shares "$up/upper/tree/sub/two" "$up/upper/new-$how/tree/sub/two"
		assert_exists "$up/upper/new-$how/empty"
		ovl_cp --require=$how --fan-out file one-$how two-$how
		assert_success
		assert_shares "$up/upper/file" "$up/upper/"{one,two}-$how
	done
	assert_copied_up file tree/one tree/sub/two
}

@test "what cannot be shared is removed, whether it was there before or not; the others go on" {
	scene
	for how in share clone; do
		echo before >"$to/file"
		ovl_cp --require=$how -R file upper empty tree "$to"
		assert_failure 1
		assert_output --partial "failed to clone '$to/file' from 'file': Invalid cross-device link: "
		assert_output --partial "failed to clone '$to/upper' from 'upper'"
		assert_equal "$(cd "$to" && find . | sort | xargs)" '. ./empty ./tree ./tree/empty ./tree/sub'
		rm -r "${to:?}"/*
	done
}

@test "a device and a FIFO, which get no data, are not removed" {
	scene
	mknod null c 1 3
	mkfifo pipe
	exec {both}<>pipe
	for how in share clone; do
		ovl_cp --require=$how --fan-out file null pipe
		assert_failure 1
		assert_output --partial 'only regular files can be cloned'
		assert_equal "$(stat -c %F null pipe)" $'character special file\nfifo'
	done
	exec {both}>&-
}

@test "of a fan-out the destinations that can share are made" {
	scene
	ovl_cp --require=share --fan-out file one "$to/two" three
	assert_failure 1
	assert_output --partial "'$to/two'"
	assert_shares "$up/upper/file" "$up/upper/"{one,three}
	assert_not_exists "$to/two"
}
