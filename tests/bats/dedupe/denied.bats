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
