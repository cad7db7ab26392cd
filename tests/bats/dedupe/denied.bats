#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --dedupe on an overlay where a filter refuses a question: what is unknown is not taken for known.
# shellcheck disable=SC2030,SC2031,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay
load ../../fixtures/dedupe

setup_file() { stack_file xfs xfs root strace; }

# dedupe_without CALL ARG...: ovl-cp --dedupe ARG..., with each CALL refused.
dedupe_without() {
	run strace -f -o "$BATS_TEST_TMPDIR/trace" -e "inject=$1:error=EPERM" "$OVL_CP" --dedupe "${@:2}"
	echo "$output"
	grep -q "$1.*INJECTED" "$BATS_TEST_TMPDIR/trace"
}

@test "an immutable file on the upper layer is called so without statx" {
	requires chattr
	stack
	file_make "$merged/a" "$SIZE" && twin "$merged/a" "$merged/b"
	chattr +i "$up/upper/b"
	dedupe_without statx "$merged/a" "$merged/b"
	chattr -i "$up/upper/b"
	assert_failure 1
	assert_output --partial 'is immutable (chattr +i)'
}

# disk NAME SEED: an ext4 at $BATS_TEST_TMPDIR/NAME, like any other, with one file NAME.
disk() {
	local at=$BATS_TEST_TMPDIR/$1
	fs_make ext4 "$at" 32
	file_make "$at/$1" "$SIZE" "$2"
}

@test "two files at the same place of two disks are not taken for equal without fstatfs" {
	requires fs:ext4
	disk one 1
	disk two 2
	overlay_make "$merged" "$BATS_TEST_TMPDIR/one:$BATS_TEST_TMPDIR/two" "$up" xino=on
	assert_equal "$(extents "$merged/one")" "$(extents "$merged/two")"
	dedupe_without fstatfs -v "$merged/one" "$merged/two"
	refute_output --partial '->'
	assert_output --partial "'$merged/two' is left alone: it is on a lower layer"
	umount "$merged"
}
