#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Where the kernel, the filesystem or the filter of a container lacks a feature: copies are right,
# share what can still be shared, and are what --explain said.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # low, up, merged and denied belong to the fixtures
# needs: images

load ../../fixtures/overlay
load ../../fixtures/cp
load ../../fixtures/explain
load ../../fixtures/deny

setup_file() { stack_file ext4 xfs setfattr; }

# each_absent CHECK: for each line RULE... CHECK runs in a scene of its own, with RULE... denied.
each_absent() {
	local rules program=$OVL_CP
	while read -ra rules; do
		low=$(mktemp -d -p "$BATS_FILE_TMPDIR/low") up=$(mktemp -d -p "$BATS_FILE_TMPDIR/up")
		OVL_CP=$program
		a_scene
		denying "${rules[@]}"
		echo "denied: ${rules[*]}"
		all_right
		"$1" # not in a condition, where its first assertions could fail unseen
		was_denied "${rules[@]}"
		umount "$merged"
	done
}

shared_all() {
	assert_shares "$up/tree/file" "$up/copy" "$up/one" "$up/two"
	assert_shares "$up/upper/file" "$up/upper/copy"
}

@test "without a call that others can replace everything is cloned as with it" {
	each_absent shared_all <<-'END'
		faccessat2=ENOSYS
		faccessat2=EPERM
		statx=ENOSYS
		statx=EPERM
		fstatfs=EPERM
		fstatfs=ENOSYS statx=ENOSYS
		FSGETXATTR=ENOTTY
	END
}

copied_all() {
	! copied_up "$up" file || fail 'copied up, and nothing can clone it'
	! shares_extents "$up/tree/file" "$up/one" || fail 'shared after all'
}

@test "without FICLONE nothing is copied up, and the bytes are copied" {
	each_absent copied_all <<-'END'
		FICLONE=EOPNOTSUPP FICLONERANGE=EOPNOTSUPP copy_file_range=ENOSYS
		FICLONE=ENOTTY FICLONERANGE=ENOTTY copy_file_range=EXDEV
		FICLONE=EPERM FICLONERANGE=EPERM copy_file_range=EPERM
	END
}

range_shares() {
	! copied_up "$up" file || fail 'copied up, and nothing can clone it'
	assert_shares "$up/tree/file" "$up/copy"
}

@test "where FICLONE is not known, a filesystem shares by copy_file_range" {
	each_absent range_shares <<-'END'
		FICLONE=EOPNOTSUPP FICLONERANGE=EOPNOTSUPP
	END
}

@test "where a filter denies FICLONE everything is shared by copy_file_range, after a copy-up" {
	each_absent shared_all <<-'END'
		FICLONE=EPERM FICLONERANGE=EPERM
		FICLONE=ENOSYS FICLONERANGE=ENOSYS
	END
}
