#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# fuse-overlayfs refuses FICLONE, and passes copy_file_range to the upper filesystem, which may
# share the data; the program cannot see whether it would. --explain predicts what the copy does.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay
load ../../fixtures/kind

setup_file() {
	requires reflink:btrfs || return 0
	stack_file ext4 xfs fuse-overlayfs && fs_make btrfs "$BATS_FILE_TMPDIR/btrfs" 1024
}

fuse() {
	sources "$low/file" "$SIZE"
	mkdir -p "$merged" "$up/"{upper,work}
	fuse-overlayfs -o "lowerdir=$low,upperdir=$up/upper,workdir=$up/work" "$merged" \
		>"$BATS_TEST_TMPDIR/log" 2>&1 3>&-
	sources "$merged/new" "$SIZE"
	mkdir "$merged/to"
}

# What depends on whether the upper filesystem shares cannot be predicted: fuse-share.bats has it.
kind_words=(auto always clone) kind_options=('' --reflink=always --require=clone)
by_range=(auto:range {always,clone}:refused)

each_by_range() {
	assert_ways "$merged/file" "$merged" "${by_range[@]}"
	assert_ways "$merged/new" "$merged/to" "${by_range[@]}"
	assert_shares "$up/upper/new.auto" "$up/upper/to/to.auto" # by the upper filesystem
	assert_not_copied_up file.auto file.clone
}

@test "over xfs" {
	fuse
	each_by_range
}

@test "over btrfs" {
	up=$BATS_FILE_TMPDIR/btrfs
	fuse
	each_by_range
}

@test "with its lower layer on the upper layer's xfs" {
	low=$(mktemp -d -p "$BATS_FILE_TMPDIR/up")
	fuse
	each_by_range
	assert_shares "$low/file.auto" "$up/upper/to.auto"
}

@test "from elsewhere" {
	fuse
	sources "$up/other" "$SIZE"
	assert_ways "$up/other" "$merged" auto:read-write {always,clone}:refused
}
