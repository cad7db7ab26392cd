#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Layer bypass: inode numbers, hard links, times.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # variables of the fixtures
# needs: images

load ../../fixtures/overlay
load ../../fixtures/bypass

setup_file() { stack_file xfs xfs; }

@test "with an inode number that holds the layer" {
	file_make "$low/file" "$SIZE"
	stack xino=on
	file_make "$merged/new" "$SIZE"
	assert_past "$low/file" "$merged/file" "$lower_out/copy"
	assert_past "$up/upper/new" "$merged/new" "$out/copy"
}

@test "hard links, with and without an index" {
	for opts in index=off index=on; do
		file_make "$low/$opts" "$SIZE"
		ln "$low/$opts" "$low/$opts-2"
		stack "$opts"
		assert_past "$low/$opts" "$merged/$opts-2" "$lower_out/copy"
		: >>"$merged/$opts"
		file_make "$merged/new-$opts" "$SIZE"
		ln "$merged/new-$opts" "$merged/new-$opts-2"
		assert_past "$up/upper/$opts" "$merged/$opts" "$out/copy"
		assert_past "$up/upper/new-$opts" "$merged/new-$opts-2" "$out/copy"
		umount "$merged"
		rm -rf "$up/work"
	done
}

@test "nothing is changed in the layers, not even a time of access" {
	file_make "$low/file" "$SIZE"
	stack
	file_make "$merged/new" "$SIZE"
	touch -a -d 2001-01-01 "$merged/new" "$low/file"
	was=$(layer_state "$low" "$up")
	past "$merged/file" "$lower_out/copy"
	assert_output cloned
	past "$merged/new" "$out/copy"
	assert_output cloned
	assert_equal "$(layer_state "$low" "$up")" "$was"
}
