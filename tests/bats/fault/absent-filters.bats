#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The filter of a container denies a call with EPERM, which the kernel gives for other reasons, too.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # variables of the fixtures
# needs: images

load ../../fixtures/overlay
load ../../fixtures/cp
load ../../fixtures/explain
load ../../fixtures/deny

setup_file() { stack_file ext4 xfs setfattr; }

@test "without statx a file is copied onto another one that exists" {
	a_scene
	file_make "$up/other" "$SIZE" 9
	file_make "$merged/linked" "$SIZE" 9 && ln "$merged/linked" "$merged/link"
	denying statx=EPERM
	ovl_cp "$merged/file" "$up/other"
	assert_success
	ovl_cp "$merged/file" "$merged/linked"
	assert_success
	was_denied statx
	assert_all_equal "$merged/file" "$up/other" "$merged/link"
}

@test "without FIDEDUPERANGE a file is not said to be on a lower layer" {
	a_scene
	denying FIDEDUPERANGE=EPERM
	watched=("$up")
	all_right
	explains "$merged/file" "$up/out"
	assert_says source 'on an overlay, on an unknown layer'
	was_denied FIDEDUPERANGE
}

@test "nor is one whose metadata was copied up taken for a file that keeps its times" {
	a_scene
	umount "$merged"
	stack metacopy=on
	touch -c -d 2001-01-01 "$merged/file"
	assert_not_copied_up file
	denying FIDEDUPERANGE=EPERM
	ovl_cp "$merged/file" "$merged/copy"
	assert_success
	was_denied FIDEDUPERANGE
	assert_equal "$(stat -c %y "$merged/file")" '2001-01-01 00:00:00.000000000 +0000'
}

@test "without fstatfs a read-only mount does not make a file metadata" {
	real_cp=${OVL_STAT:-${OVL_CP%/*}/ovl-stat}
	a_scene
	umount "$merged"
	stack metacopy=on
	mount -o remount,bind,ro "$merged"
	denying fstatfs=EPERM
	run "$OVL_CP" "$merged/file"
	was_denied fstatfs
	assert_success
	refute_output --partial 'only its owner, mode and times'
}
