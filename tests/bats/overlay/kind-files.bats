#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Immutable and append-only files, and destinations that exist. Under every option --explain
# predicts what the copy does.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay
load ../../fixtures/kind

setup_file() { stack_file ext4 xfs chattr; }

teardown() {
	chattr -R -ia "$low" "$up" 2>/dev/null || :
	lab_cleanup
}

# flagged FLAG DIR: creates files with that flag in DIR.
flagged() {
	sources "$2/file" "$SIZE"
	chattr "+$1" "$2/file."*
}

@test "immutable on the lower layer" {
	flagged i "$low"
	stack
	assert_ways "$merged/file" "$merged" "${none_shared[@]}"
}

@test "append-only on the lower layer" {
	flagged a "$low"
	stack
	assert_ways "$merged/file" "$merged" "${all_copied_up[@]}"
}

@test "immutable or append-only on the upper layer" {
	stack
	for flag in i a; do
		mkdir "$merged/$flag" "$merged/to$flag"
		sources "$merged/$flag/file" "$SIZE"
		chattr "+$flag" "$merged/$flag/file."*
		assert_ways "$merged/$flag/file" "$merged/to$flag" "${all_clone[@]}"
	done
	watched=("$merged")
	agrees "$merged/a/file.auto" "$merged/i/file.auto"
	agrees --debug "$merged/i/file.auto" "$merged/a/file.auto"
}

@test "of a destination that exists on the lower layer no data is copied up first" {
	sources "$low/file" "$SIZE"
	sources "$low/to" 20M
	file_make "$low/second.fan" 20M
	stack
	assert_ways "$merged/file" "$merged" "${all_copied_up[@]}"
	assert_grown_by $((6 * SIZE)) # five sources, and the copy of the fan-out
}
