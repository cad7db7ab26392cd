#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# examples/materialise.c: the cache of a build tool.
# shellcheck disable=SC2030,SC2031,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay
load ../../fixtures/library

setup_file() {
	stack_file ext4 xfs compiler
	is_skipped || build_both materialise
}

@test "the cache of a build is cloned, from a lower layer, too" {
	mkdir -p "$low/cache"
	file_make "$low/cache/k1" "$SIZE" 1
	file_make "$low/cache/k2" 10K 2
	: >"$low/cache/k3"
	chmod 755 "$low/cache/k1"
	stack
	for linkage in shared static; do
		mkdir -p "$merged/$linkage/bin"
		echo old >"$merged/$linkage/bin/tool"
		growth_start "$up"
		run_built "materialise-$linkage" "$merged/cache" "$merged/$linkage" \
			< <(printf '%s\n' 'k1 bin/tool' 'k2 a file' 'k1 again' 'k3 empty')
		assert_success
		assert_output '3 shared, 0 written'
		[ "$(growth "$up")" -lt $((SIZE + SLACK)) ]
		cmp "$low/cache/k1" "$merged/$linkage/bin/tool"
		cmp "$low/cache/k2" "$merged/$linkage/a file"
		assert_equal "$(stat -c %a "$merged/$linkage/bin/tool")" 755
	done
}

@test "a list that cannot be read, and a line without a path, are failures" {
	mkdir "$up/cache" "$up/out"
	file_make "$up/cache/k1" 10K
	run_built materialise-shared "$up/cache" "$up/out" <"$up"
	assert_failure 1
	assert_equal "$stderr" 'materialise: the list: Is a directory'
	run_built materialise-shared "$up/cache" "$up/out" < <(printf '%s\n' k1 'k1 file')
	assert_failure 1
	assert_equal "$stderr" 'materialise: no path after the key: k1'
	cmp "$up/cache/k1" "$up/out/file"
}

@test "what cannot be shared is written, and the reason is told" {
	mkdir "$up/cache" "$BATS_FILE_TMPDIR/low/out"
	file_make "$up/cache/k1" 10K
	run_built materialise-shared "$up/cache" "$BATS_FILE_TMPDIR/low/out" < <(
		printf '%s\n' 'k1 file' 'none other'
	)
	assert_failure 1
	assert_output '0 shared, 1 written (other-filesystem)'
	assert_equal "$stderr" "materialise: cannot stat 'none': No such file or directory"
}
