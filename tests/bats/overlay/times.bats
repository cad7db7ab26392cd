#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# A copy-up does not change the times of the source.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay

setup_file() { stack_file ext4 xfs; }

times() {
	stat -c '%.9X %.9Y' "$1"
}

# file OPTS: mounts the stack with a file whose atime and mtime differ.
file() {
	file_make "$low/file" "$SIZE"
	touch -a -d '2010-11-12 13:14:15.987654321' "$low/file"
	stack "$1"
	was=$(times "$merged/file")
}

@test "both times stay to the nanosecond" {
	file metacopy=off
	ovl_cp "$merged/file" "$merged/copy"
	assert_equal "$(times "$merged/file")" "$was"
	assert_cloned file copy
}

@test "both times stay where metadata can be copied up alone" {
	file metacopy=on
	ovl_cp "$merged/file" "$merged/copy"
	assert_equal "$(times "$merged/file")" "$was"
	assert_cloned file copy
}

@test "both times stay for a file whose metadata was copied up before" {
	file metacopy=on
	chmod 640 "$merged/file"
	assert_exists "$up/upper/file"
	assert_not_copied_up file
	ovl_cp "$merged/file" "$merged/copy"
	assert_equal "$(times "$merged/file")" "$was"
	assert_cloned file copy
	umount "$merged" # the time on disk; reading has changed the atime
	assert_equal "$(stat -c %.9Y "$up/upper/file")" "${was#* }"
}

@test "a copy with -p has the times from before" {
	file metacopy=on
	chmod 640 "$merged/file"
	ovl_cp -p "$merged/file" "$merged/copy"
	assert_success
	assert_equal "$(stat -c %.9Y "$merged/copy")" "${was#* }"
}

@test "a user who may not restore the times does not copy up a file whose metadata was copied up" {
	requires root setpriv
	file metacopy=on
	chgrp 65534 "$merged/file"
	chmod 664 "$merged/file"
	mkdir "$merged/own"
	chown 65534 "$merged/own"
	assert_not_copied_up file
	into=$merged/own as_who=as_user
	falls_back "$merged/file" file 'would change its times, which only its owner can restore'
	assert_equal "$(stat -c %.9Y "$merged/file")" "${was#* }"
}

@test "a user who may write a file but does not own it copies it up where its times stay" {
	file_make "$low/file" "$SIZE"
	chmod 666 "$low/file"
	stack
	chmod 777 "$merged"
	was=$(times "$merged/file")
	run as_user "$OVL_CP" "$merged/file" "$merged/copy"
	assert_equal "$(times "$merged/file")" "$was"
	assert_cloned file copy
}
