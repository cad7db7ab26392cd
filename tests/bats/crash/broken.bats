#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Disks that break during a copy, and filesystems that can no longer be written to.
# shellcheck disable=SC2034,SC2154 # variables of the fixture
# needs: images

load ../../fixtures/common
load ../../fixtures/crash
load ../../fixtures/full
load ../../fixtures/broken

setup() {
	requires loop setfacl setfattr
	stage=broken-disk
	says='Input/output error|Read-only file system|Structure needs cleaning'
}

# Without --fsync, what was written a moment ago may be lost: as with cp.
as_cp=noabept

@test "a disk of ext4 that fails to be written to ends the copy, and not the machine" {
	broken_disk ext4 tree
	breaks_at_writes $as_cp "$(runs 5 40)"
}

@test "a disk of XFS that fails to be written to ends the copy" {
	broken_disk xfs tree
	breaks_at_writes $as_cp "$(runs 5 40)"
}

@test "a disk of btrfs that fails to be written to ends the copy" {
	requires fs:btrfs
	broken_disk btrfs tree
	breaks_at_writes $as_cp "$(runs 3 40)"
}

@test "with --fsync a copy that succeeds on a disk that breaks is on the disk" {
	for type in ext4 xfs btrfs; do
		broken_disk $type tree
		breaks_at_writes $as_cp "$(runs 2 20)" --fsync
		umount "$images"
	done
}

@test "with --atomic a disk that breaks has no torn file" {
	for type in ext4 xfs btrfs; do
		broken_disk $type tree
		breaks_at_writes naMt "$(runs 5 40)" --atomic
		umount "$images"
	done
}

@test "a source that cannot be read is told, and its destination removed" {
	broken_disk ext4 fan-out
	allowed=absent
	breaks_at_reads "$(runs 6 30)"
}

@test "an XFS that is shut down during a copy ends it" {
	requires reflink:xfs xfs_io
	stage=shutdown
	disk_of xfs noatime
	shutdowns '' "$(runs 4 60)" $as_cp $as_cp
	shutdowns -f "$(runs 4 60)" $as_cp $as_cp
	args=(--atomic --fsync "${args[@]}")
	duration
	shutdowns '' "$(runs 4 60)" noatM nM
	shutdowns -f "$(runs 4 60)" noatM nM
}

@test "an ext4 that becomes read-only during a copy ends it" {
	requires fs:ext4
	stage=read-only
	disk_of ext4 errors=remount-ro
	turns_readonly "$(runs 5 60)" $as_cp
}
