#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The advice about sources and destinations on two mounts helps when it is followed.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay
load ../../fixtures/explain

setup_file() { stack_file ext4 xfs fs:btrfs; }

scene() {
	file_make "$low/file" "$SIZE"
	stack
	mkdir "$up/plain" "$up/2"
	watched=("$merged" "$up")
}

@test "into the overlay: once, and from there" {
	scene
	file_make "$up/plain/data" "$SIZE"
	advised 'copy it into the overlay once, and make all other copies from that one' "$up/plain/data" "$merged/new"
	"$OVL_CP" "$up/plain/data" "$merged/once"
	followed "$merged/once" "$merged/new"
	assert_shares "$up/upper/"{once,new}
}

@test "out of the overlay: within it, or to the filesystem of the layer" {
	scene
	fs_make tmpfs "$BATS_TEST_TMPDIR/volume"
	advised 'copy within the overlay, if its upper layer can clone; a copy-up does not help' "$merged/file" "$BATS_TEST_TMPDIR/volume/new"
	followed "$merged/file" "$merged/new"
	fs_make btrfs "$BATS_TEST_TMPDIR/other"
	advised 'or to the filesystem of the layer that the source is on' "$merged/file" "$BATS_TEST_TMPDIR/other/new"
	followed "$merged/new" "$up/plain/new"
	assert_shares "$up/upper/new" "$up/plain/new"
}

@test "between two overlays: within the first one, and then that copy" {
	scene
	overlay_make "$BATS_TEST_TMPDIR/second" "$low" "$up/2"
	advised 'first copy it within its own overlay (--copy-up=always), then copy that copy' \
		"$merged/file" "$BATS_TEST_TMPDIR/second/new"
	"$OVL_CP" --copy-up=always "$merged/file" "$merged/new"
	followed "$merged/new" "$BATS_TEST_TMPDIR/second/new"
	assert_shares "$up/upper/new" "$up/2/upper/new"
}

@test "where the overlay is mounted read-only: by a path where it is not" {
	scene
	mkdir "$BATS_TEST_TMPDIR/shown"
	mount --bind "$merged" "$BATS_TEST_TMPDIR/shown"
	mount -o remount,bind,ro "$BATS_TEST_TMPDIR/shown"
	advised 'name the source by a path where the overlay is mounted read-write' \
		"$BATS_TEST_TMPDIR/shown/file" "$merged/new"
	followed "$merged/file" "$merged/new"
	assert_shares "$up/upper/"{file,new}
}

@test "between two filesystems: within one of them" {
	scene
	fs_make btrfs "$BATS_TEST_TMPDIR/other"
	file_make "$up/plain/data" "$SIZE"
	advised 'copy within one filesystem that can clone: two filesystems cannot share data' "$up/plain/data" "$BATS_TEST_TMPDIR/other/new"
	followed "$up/plain/data" "$up/plain/new"
}
