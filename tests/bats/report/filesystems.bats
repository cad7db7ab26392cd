#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The names of filesystems are from a disk, or from a user who mounts one: they control nothing.
# needs: images

load ../../fixtures/report

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	mkdir dir
	echo text >dir/src
}

teardown() {
	if mountpoint -q mnt; then umount mnt; fi
	lab_cleanup
}

# fuse_named TYPE: dir at mnt, as a FUSE filesystem of the type "fuse.TYPE"
fuse_named() {
	requires root bindfs
	mkdir mnt
	bindfs -o subtype="$1" dir mnt
}

# assert_printable: every byte of the output must be printable ASCII, or a newline.
# shellcheck disable=SC2154 # output belongs to bats
assert_printable() {
	if LC_ALL=C grep -q '[^ -~]' <<<"$output"; then fail "$(cat -A <<<"$output")"; fi
}

@test "a type that is not text is in a report in JSON nevertheless" {
	fuse_named $'a\tb\nc\377\033[m'
	report mnt/src copy
	assert_success
	says 'f["source_fs"] == "fuse.a?b?c??[m" and end["status"]["copied"] == 1'
}

@test "a type cannot forge a line or a field of a report in text" {
	fuse_named $'a\tb\nc\033[m'
	ovl_cp --report=- --report-format=text mnt/src copy
	assert_success
	assert_equal "${#lines[@]}" 2
	assert_regex "${lines[0]}" $'\tsource_fs=fuse\\.a\\?b\\?c\\?\\[m\t'
}

@test "a label cannot control the terminal in an explanation or a message" {
	requires root loop fs:ext4
	fs_make ext4 "$BATS_TEST_TMPDIR/disk" 8 '' -L $'a\n\033[31m\377'
	ovl_cp --explain dir/src disk/copy
	assert_success
	assert_output --partial '(label a??[31m?)'
	assert_printable
	ovl_cp --reflink=always dir/src disk/copy
	assert_failure 1
	assert_output --partial '(label a??[31m?)'
	assert_printable
}
