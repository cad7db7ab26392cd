#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Where the kernel does not answer what a filesystem or a file is: nothing is made up, and nothing is
# taken for another file.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # variables of the fixtures
# needs: images

load ../../fixtures/overlay
load ../../fixtures/cp
load ../../fixtures/explain
load ../../fixtures/deny

setup_file() { stack_file ext4 xfs setfattr; }

@test "without fstatfs a file is not copied onto itself, seen through the overlay" {
	a_scene
	echo more >>"$merged/file"
	remember "$merged/file"
	denying fstatfs=EPERM
	ovl_cp "$merged/file" "$up/upper/file"
	assert_failure 1
	was_denied fstatfs
	assert_untouched "$merged/file"
	ovl_cp "$up/upper/file" "$merged/file"
	assert_failure 1
	assert_untouched "$merged/file"
}

@test "without fstatfs ovl-stat finds the type in the table of mounts" {
	real_cp=${OVL_STAT:-${OVL_CP%/*}/ovl-stat}
	a_scene
	denying fstatfs=EPERM
	run "$OVL_CP" "$up/tree/file" "$merged/file"
	was_denied fstatfs
	assert_line --partial 'not on an overlay'
	assert_line --partial 'on a lower layer of an overlay'
}

@test "without FIDEDUPERANGE the layer of a file cannot be told" {
	a_scene
	denying FIDEDUPERANGE=ENOTTY
	watched=("$up")
	all_right
	explains "$merged/file" "$up/out"
	assert_says source 'on an overlay, on an unknown layer'
	was_denied FIDEDUPERANGE
}

@test "where no file without a name can be made --explain leaves the method open" {
	a_scene
	denying O_TMPFILE=EOPNOTSUPP
	watched=("$up")
	explains "$merged/file" "$merged/copy"
	assert_success
	assert_says method 'unknown until it is copied'
	ovl_cp "$merged/file" "$merged/copy"
	assert_cloned file copy
	was_denied O_TMPFILE
}

@test "without FIEMAP a clone past the overlay is not tried, as its file cannot be proved" {
	a_scene
	echo more >>"$merged/file"
	denying FIEMAP=EOPNOTSUPP
	watched=("$up")
	agrees "$merged/file" "$up/out"
	cmp "$merged/file" "$up/out"
	was_denied FIEMAP
	[[ $explained == *'not shared:'* ]] || fail "$explained"
}

@test "where a filter denies FICLONE --copy-up-only does its work all the same" {
	a_scene
	denying FICLONE=EPERM FICLONERANGE=EPERM
	ovl_cp --copy-up-only "$merged/file"
	assert_success
	assert_copied_up file
	assert_untouched "$merged/file"
	was_denied FICLONERANGE
}
