#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Inode numbers of files that were copied up from a squashfs, which has no file handles by which
# overlayfs could remember the original.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay
load ../../fixtures/kind
load ../../fixtures/stat

setup_file() {
	requires loop overlay fs:squashfs reflink:xfs filefrag || return 0
	mkdir "$BATS_FILE_TMPDIR/from"
	sources "$BATS_FILE_TMPDIR/from/file" "$SIZE"
	fs_make xfs "$BATS_FILE_TMPDIR/up" 1024
}

# squashfs OPTIONS: mounts the stack. $was is the inode number of a file, $is that after a copy-up.
squashfs() {
	up=$(mktemp -d -p "$BATS_FILE_TMPDIR/up") low=$BATS_TEST_TMPDIR/low
	fs_make_ro squashfs "$low" "$BATS_FILE_TMPDIR/from"
	stack "$1"
	was=$(stat -c %i "$merged/file.always")
	ovl_stat "$merged/file.always"
}

later() {
	assert_ways "$merged/file" "$merged" "${all_copied_up[@]}"
	assert_equal "$(stat -c %i "$merged/file.always")" "$was"
	overlay_remount "$merged"
	is=$(stat -c %i "$merged/file.always")
}

@test "with xino=on they stay" {
	squashfs xino=on
	assert_says copy-up 'changes its ctime and birth time'
	later
	assert_equal "$is" "$was"
}

@test "without xino they change when the file is evicted from the cache, and ovl-stat reports it" {
	squashfs xino=off
	assert_says copy-up 'changes its inode number later'
	later
	[ "$is" != "$was" ] || fail 'it stayed'
}

@test "xino=auto is off with a squashfs" {
	squashfs xino=auto
	assert_says copy-up 'changes its inode number later'
	assert_says options xino=off
	later
	[ "$is" != "$was" ] || fail 'it stayed'
}

# assert_changes true|false OPTS: whether a file of the lower layer $low gets another inode number, and
# ovl-stat predicts it.
assert_changes() {
	local said was is
	up=$(mktemp -d -p "$BATS_FILE_TMPDIR/up")
	stack "$2"
	said=$("$OVL_STAT" --json "$merged/file.auto" | sed 's/.*"changes_inode":\([a-z]*\).*/\1/')
	was=$(stat -c %i "$merged/file.auto")
	"$OVL_CP" --copy-up=always "$merged/file.auto" "$merged/copy"
	overlay_remount "$merged"
	is=$(stat -c %i "$merged/file.auto")
	umount "$merged"
	assert_equal "$2: $said" "$2: $1"
	assert_equal "$2: $([ "$is" = "$was" ] && echo false || echo true)" "$2: $1"
}

@test "squashfs, FUSE and an overlay as lower layers, and two disks with one UUID" {
	requires fuse-overlayfs
	low=$BATS_TEST_TMPDIR/squashfs
	fs_make_ro squashfs "$low" "$BATS_FILE_TMPDIR/from"
	for opts in index=on metacopy=on redirect_dir=on; do assert_changes false "$opts"; done
	low=$BATS_TEST_TMPDIR/fuse && mkdir "$low"
	fuse-overlayfs -o "lowerdir=$BATS_FILE_TMPDIR/from" "$low" 3>&-
	assert_changes false xino=on
	assert_changes false index=on
	assert_changes true index=off
	low=$BATS_TEST_TMPDIR/inner
	overlay_make "$low" "$BATS_FILE_TMPDIR/from:$BATS_FILE_TMPDIR/up" -
	assert_changes true xino=on
	for i in 1 2; do
		fs_make ext4 "$BATS_TEST_TMPDIR/$i" 64 '' -U 01234567-89ab-cdef-0123-456789abcdef
	done
	cp "$BATS_FILE_TMPDIR/from/file.auto" "$BATS_TEST_TMPDIR/1"
	low=$BATS_TEST_TMPDIR/1:$BATS_TEST_TMPDIR/2
	assert_changes true xino=on
}
