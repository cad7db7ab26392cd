#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# examples/progress.c: what the events tell about a tree, and how a copy is stopped.
# shellcheck disable=SC2030,SC2031,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay
load ../../fixtures/library

setup_file() {
	stack_file ext4 xfs compiler
	is_skipped || build_both progress
}

@test "progress counts a tree, and keeps failures for the end" {
	mkdir -p "$up/tree/sub"
	for ((i = 0; i < 300; i++)); do echo "$i" >"$up/tree/sub/$i"; done
	mkdir -p "$up/copy/sub/7"
	for linkage in shared static; do
		run_built "progress-$linkage" "$up/tree" "$up/copy"
		assert_failure 1
		[[ $stderr == *$'\r301 of 301 complete, '* ]]
		assert_equal "${stderr_lines[-1]}" \
			"progress: cannot overwrite directory '$up/copy/sub/7' with non-directory '$up/tree/sub/7'"
		cmp "$up/tree/sub/299" "$up/copy/sub/299"
	done
}

@test "progress is stopped by a signal, without an unfinished file" {
	requires strace
	file_make "$low/big" "$SIZE"
	run --separate-stderr strace -f -o /dev/null -e inject=copy_file_range:signal=SIGINT \
		"$BATS_FILE_TMPDIR/progress-shared" "$low/big" "$low/copy"
	assert_failure 1
	[[ $stderr == *': Operation canceled' ]]
	assert_not_exists "$low/copy"
}
