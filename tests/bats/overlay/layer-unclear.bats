#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Layers of unusual overlays, and when the layer of a file is not known.
# shellcheck disable=SC2016,SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay
load ../../fixtures/look

setup_file() { stack_file ext4 xfs "$LOOK"; }

# begin: mounts a stack with one file on each layer.
begin() {
	file_make "$low/lower" 10K
	stack
	file_make "$merged/new" 10K
}

@test "without an upper layer all is on lower ones" {
	file_make "$low/lower" 10K
	overlay_make "$merged" "$low:$up" -
	assert_layer lower "$merged/lower"
}

@test "on an overlay that is mounted read-only the layer is unclear" {
	begin
	mount -o remount,ro "$merged"
	assert_layer unclear "$merged/"{lower,new}
	mount -o remount,rw "$merged"
	mkdir "$BATS_TEST_TMPDIR/bind"
	mount --bind -o ro "$merged" "$BATS_TEST_TMPDIR/bind"
	assert_layer unclear "$BATS_TEST_TMPDIR/bind/"{lower,new}
	assert_layer lower "$merged/lower"
}

@test "an upper filesystem that turned read-only does not make files metadata" {
	begin
	mount -o remount,ro "$BATS_FILE_TMPDIR/up"
	assert_layer unclear "$merged/new"
	mount -o remount,rw "$BATS_FILE_TMPDIR/up"
	assert_layer upper "$merged/new"
}

@test "the layer is known to a user who may write the file, and unclear to one who may not" {
	requires setpriv
	chmod 755 "$BATS_TEST_TMPDIR"
	cp "$LOOK" "$BATS_TEST_TMPDIR/look"
	LOOK=$BATS_TEST_TMPDIR/look
	file_make "$low/open" 10K
	begin
	chmod 666 "$low/open"
	chmod 644 "$merged/new"
	chmod 755 "$merged"
	run as_user "$LOOK" "$merged/"{open,lower,new}
	assert_output $'lower\nunclear\nunclear'
}

@test "an overlay below an overlay" {
	begin
	low=$merged merged=$BATS_TEST_TMPDIR/outer up=$(mktemp -d -p "$BATS_FILE_TMPDIR/up")
	stack
	: >>"$merged/lower"
	assert_layer lower "$merged/new"
	assert_layer upper "$merged/lower"
}

@test "on fuse-overlayfs the layer is unclear" {
	requires fuse-overlayfs
	file_make "$low/lower" 10K
	mkdir -p "$merged" "$up/"{upper,work}
	fuse-overlayfs -o "lowerdir=$low,upperdir=$up/upper,workdir=$up/work" "$merged" 3>&-
	assert_layer unclear "$merged/lower"
}
