#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --dedupe through an overlay and in its layers: only the upper layer can share, nothing is copied up.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay
load ../../fixtures/dedupe

setup_file() { stack_file xfs xfs; }

@test "files on the upper layer share through the overlay" {
	requires strace
	mkdir "$low/d" && file_make "$low/d/lower" "$SIZE"
	stack
	file_make "$merged/a" "$SIZE" && twin "$merged/a" "$merged/b" && twin "$merged/a" "$merged/d/c"
	cd "$merged" && unchanged --dedupe a b
	assert_success
	refute_output
	assert_shares "$up/upper/a" "$up/upper/b"
	is_idle --dedupe a b
	unchanged --dedupe-within -v .
	assert_success
	assert_output --partial "'./a' -> './d/c'"
	assert_not_copied_up d/lower
}

@test "files on a lower layer are passed over with a reason, and not copied up" {
	file_make "$low/l1" "$SIZE" && twin "$low/l1" "$low/l2"
	stack
	cp "$low/l1" "$merged/u1"
	cd "$merged" && remember "$low/l1" "$low/l2"
	unchanged --dedupe u1 l2
	assert_success
	assert_output "ovl-cp: 'l2' is left alone: it is on a lower layer of its overlay, and can share data only after a copy-up"
	unchanged --dedupe l1 u1
	assert_success
	assert_output "ovl-cp: 'u1' is left alone: 'l1' is on a lower layer of its overlay, and can share data only after a copy-up"
	unchanged --dedupe-within .
	assert_success
	refute_output
	assert_not_copied_up l1 l2
	assert_untouched "$low/l1" "$low/l2"
}

@test "the directory of a layer is a directory" {
	mkdir -p "$low/diff/usr" && file_make "$low/diff/usr/a" "$SIZE"
	for i in 1 2 3 4; do twin "$low/diff/usr/a" "$low/diff/usr/b$i"; done
	growth_start "$low"
	cd "$low" && unchanged --dedupe-within diff
	assert_success
	[ "$(growth "$low")" -lt $((-3 * SIZE)) ]
	overlay_make "$merged" "$low/diff" "$up"
	for i in 1 2 3 4; do cmp "$merged/usr/a" "$merged/usr/b$i"; done
}

@test "an overlay and its layer are two places" {
	stack
	file_make "$merged/a" 9000 && twin "$merged/a" "$up/b"
	ovl_cp --dedupe "$merged/a" "$up/b"
	assert_failure 1
	assert_output --partial 'Invalid cross-device link: the destination, xfs, is on another mount'
}
