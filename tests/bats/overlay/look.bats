#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# What else is known about a file: its extents, its holes, and the effects of a copy-up.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay
load ../../fixtures/look

setup_file() { stack_file ext4 xfs "$LOOK"; }

@test "bytes shared, extents and holes" {
	file_make "$up/a" 64K
	cp --reflink=always "$up/a" "$up/b"
	truncate -s 1M "$up/b"
	sync -f "$up"
	look --all "$up/b"
	assert_line 'size 1048576'
	assert_line 'data 65536'
	assert_line 'shared 65536'
	assert_line 'extents 1'
	look --extents "$up/b"
	read -r first last _ < <(extents "$up/b")
	assert_output "0 $first $((last + 1 - first)) shared known"
}

@test "more extents than one FIEMAP call returns" {
	for ((i = 0; i < 600; i++)); do
		printf x | dd of="$low/sparse" bs=1 seek=$((i * 8192)) conv=notrunc status=none
	done
	sync -f "$low"
	look --extents "$low/sparse"
	assert_equal "${#lines[@]}" 600
	look --all "$low/sparse"
	assert_line 'extents 600'
	assert_line 'shared 0'
	assert_line "data $((599 * 4096 + 1))"
}

@test "a filesystem without FIEMAP" {
	fs_make tmpfs "$BATS_TEST_TMPDIR/tmp" 4
	: >"$BATS_TEST_TMPDIR/tmp/file"
	look --all "$BATS_TEST_TMPDIR/tmp/file"
	assert_line 'extents 0 not known'
	look --extents "$BATS_TEST_TMPDIR/tmp/file"
	assert_failure
}

@test "a copy-up splits hard links without an index" {
	file_make "$low/one" 10K
	ln "$low/one" "$low/two"
	stack
	look --all "$merged/one"
	assert_line 'splits-links 1'
	assert_line 'changes-ino 1'
	overlay_remount "$merged" index=on
	look --all "$merged/one"
	assert_line 'splits-links 0'
	assert_line 'changes-ino 0'
}

@test "a file that may not be read, a directory, a FIFO" {
	file_make "$low/secret" 10K
	stack
	chmod 600 "$merged/secret"
	mkfifo "$merged/fifo"
	chmod 755 "$BATS_TEST_TMPDIR" "$merged"
	cp "$LOOK" "$BATS_TEST_TMPDIR/look"
	run as_user "$BATS_TEST_TMPDIR/look" "$merged/"{secret,fifo,.}
	assert_output $'unclear\nunclear\nunclear'
	look "$merged/nothing"
	assert_failure 1
	assert_output --partial 'No such file'
}
