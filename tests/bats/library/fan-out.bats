#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# examples/fan-out.c, with the shared and with the static library.
# shellcheck disable=SC2030,SC2031,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay
load ../../fixtures/library

setup_file() {
	stack_file ext4 xfs compiler
	is_skipped || build_both fan-out
}

@test "they are linked as they should be" {
	requires ldd
	run ldd "$BATS_FILE_TMPDIR/fan-out-shared"
	assert_output --partial libovlcp.so
	run ldd "$BATS_FILE_TMPDIR/fan-out-static"
	refute_output --partial libovlcp
}

@test "a fan-out of a lower file into 100 writes its data once" {
	for linkage in shared static; do
		file_make "$low/$linkage" "$SIZE"
	done
	stack
	for linkage in shared static; do
		mkdir "$merged/$linkage-copies"
		growth_start "$up"
		run_built "fan-out-$linkage" "$merged/$linkage" "$merged/$linkage-copies" 100
		assert_success
		assert_output "100 copies, $SIZE bytes written, $((100 * SIZE)) shared"
		[ "$(growth "$up")" -lt $((SIZE + SLACK)) ]
		cmp "$low/$linkage" "$merged/$linkage-copies/100"
	done
}

@test "a destination that exists fails, the others are made" {
	echo text >"$up/src"
	mkdir "$up/copies" && echo old >"$up/copies/2"
	run_built fan-out-shared "$up/src" "$up/copies" 3
	assert_failure 1
	assert_equal "$stderr" "fan-out: not replacing '2'"
	assert_equal "$(cat "$up/copies/"{1,2,3})" $'text\nold\ntext'
}
