#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Layer bypass: names and mounts of every kind that lead to a source.
# shellcheck disable=SC2016,SC2030,SC2031,SC2034,SC2154 # variables of the fixtures
# needs: images

load ../../fixtures/overlay
load ../../fixtures/bypass

setup_file() { stack_file xfs xfs; }

@test "a source in a directory of the overlay that is mounted elsewhere, or is itself" {
	mkdir -p "$low/a/b" "$BATS_TEST_TMPDIR/dir"
	file_make "$low/a/b/file" "$SIZE"
	: >"$BATS_TEST_TMPDIR/file"
	stack
	mount --bind "$merged/a" "$BATS_TEST_TMPDIR/dir"
	mount --bind "$merged/a/b/file" "$BATS_TEST_TMPDIR/file"
	assert_past "$low/a/b/file" "$BATS_TEST_TMPDIR/dir/b/file" "$lower_out/copy"
	assert_past "$low/a/b/file" "$BATS_TEST_TMPDIR/file" "$lower_out/copy2"
}

@test "a source with a name that looks removed, and one that was renamed" {
	file_make "$low/file (deleted)" "$SIZE"
	stack
	assert_past "$low/file (deleted)" "$merged/file (deleted)" "$lower_out/copy"
	file_make "$merged/old" "$SIZE"
	past "$merged/old" "$out/copy" "mv '$merged/old' '$merged/new'"
	assert_output cloned
	assert_shares "$up/upper/new" "$out/copy"
}

@test "what is mounted in a layer hides it" {
	mkdir -p "$low/a/dir"
	file_make "$low/a/dir/file" "$SIZE"
	stack
	mount --bind "$low/a/dir" "$low/a/dir"
	assert_no_way "$merged/a/dir/file" "$lower_out/copy"
}
