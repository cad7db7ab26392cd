#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Filesystems on which so many blocks, inodes or bytes of a quota are left, from none to enough.
# shellcheck disable=SC2034,SC2154 # variables of the fixture
# needs: images

load ../../fixtures/common
load ../../fixtures/crash
load ../../fixtures/full

setup() {
	requires loop setfacl
	limit=leave_space unlimit=give_space_back stage=full
	says='No space left on device'
}

# fills TYPE SCENARIO KIB ALLOWED: at every stage, with up to so much space.
fills() {
	requires "fs:$1"
	full_scenario "$2"
	allowed=$4
	args=("${options[@]}" "${args[@]}")
	small_disk "$1"
	steps 0 "$3" "$(runs 7 150)"
}

@test "a tree fills ext4: what is missing is told, and nothing is left of it" {
	fills ext4 tree 700 'absent bare'
}

@test "a tree fills XFS: what is missing is told, and nothing is left of it" {
	fills xfs tree 700 'absent bare'
}

@test "a tree fills btrfs: what is missing is told, and nothing is left of it" {
	limit=leave_about
	fills btrfs tree 8000 'absent bare'
}

@test "a fan-out fills ext4: the destinations that are missing are told" {
	fills ext4 fan-out 500 absent
}

@test "files that are overwritten on a full ext4 may be cut short, and are told" {
	fills ext4 tree-over 700 'absent bare old part empty'
}

@test "--atomic on a full ext4 leaves old files and new ones" {
	options=(--atomic)
	fills ext4 tree-over 1000 'absent bare old'
}

@test "-b on a full ext4 loses no old file" {
	with_backup=1 complete=nxM
	fills ext4 backup 700 'absent bare old part empty extra'
}

@test "a tree needs more inodes than a tmpfs has: what is missing is told" {
	full_scenario tree
	lab=$BATS_TEST_TMPDIR/lab limit=leave_inodes unlimit=give_inodes_back allowed=absent
	fs_make tmpfs "$lab" 64 nr_inodes=1000
	cd "$lab" && cp -a "$truth/src" src
	steps 0 40 "$(runs 8 41)"
}

@test "a tree exceeds a quota of btrfs: what is missing is told" {
	requires fs:btrfs btrfs
	full_scenario tree
	fs_make btrfs "$BATS_TEST_TMPDIR/disk" 200
	lab=$BATS_TEST_TMPDIR/disk/lab limit=leave_quota unlimit=give_quota_back
	says='Disk quota exceeded' allowed='absent bare'
	btrfs subvolume create "$lab" && cd "$lab" && cp -a "$truth/src" src
	btrfs quota enable . && btrfs quota rescan -w .
	steps 0 4000 "$(runs 7 100)"
}
