#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --dedupe and --dedupe-within where files are on several filesystems, or belong to others.
# shellcheck disable=SC2030,SC2031 # status is that of ovl_cp, in the same subshell
# needs: images

load ../../fixtures/common
load ../../fixtures/dedupe

setup_file() { dedupe_file xfs btrfs; }

@test "other filesystems below are left out; a subvolume is none" {
	requires btrfs
	cd "$BATS_FILE_TMPDIR/btrfs" && mkdir top && cd top && file_make a 100K
	btrfs -q subvolume create sub && twin a sub/b && mkdir mnt
	mount --bind "$BATS_FILE_TMPDIR/xfs" mnt && twin a mnt/x && twin a mnt/y
	unchanged --dedupe-within -v .
	assert_success
	assert_output "'./a' -> './sub/b'"
	assert_equal "$(shared_bytes mnt/x mnt/y)" 0
	umount mnt
}

@test "what cannot be read is told, and the rest goes on" {
	cd "$BATS_FILE_TMPDIR/xfs" && mkdir user && cd user && file_make a 100K && twin a b && twin a no
	mkdir closed && chmod 700 closed && chmod 600 no && chown 65534 b
	run as_user "$OVL_CP" --dedupe-within -v .
	assert_failure 1
	assert_equal "$(sort <<<"$output")" "$(printf '%s\n' "'./a' -> './b'" \
		"ovl-cp: cannot access './closed': Permission denied" \
		"ovl-cp: cannot open './no' for reading: Permission denied")"
}

@test "files of two filesystems, and with and without checksums, are refused as such" {
	cd "$BATS_FILE_TMPDIR/btrfs" && mkdir nocow && chattr +C nocow
	file_make ../xfs/src 1M && cp ../xfs/src cow && cp --reflink=never cow nocow/file
	ovl_cp --dedupe ../xfs/src cow
	assert_failure 1
	assert_output --partial 'Invalid cross-device link: the destination is on another filesystem'
	ovl_cp --dedupe cow nocow/file
	assert_failure 1
	assert_output --partial 'differ in whether btrfs keeps checksums'
	ovl_cp --dedupe-within .
	assert_success
	refute_output # they are two sets
}

@test "a source on a filesystem that cannot share is not blamed on that of the destination" {
	fs_make tmpfs "$BATS_TEST_TMPDIR/tmp"
	cd "$BATS_FILE_TMPDIR/xfs" && file_make "$BATS_TEST_TMPDIR/tmp/src" 100K && cp "$BATS_TEST_TMPDIR/tmp/src" copy
	ovl_cp --dedupe "$BATS_TEST_TMPDIR/tmp/src" copy
	assert_failure 1
	assert_output --partial "'copy' cannot share the data of '$BATS_TEST_TMPDIR/tmp/src': Operation not supported: the destination is on another filesystem"
}

@test "in a tree what is on a filesystem that cannot share is told, and the rest goes on" {
	cd "$BATS_FILE_TMPDIR/xfs" && mkdir parts && cd parts && mkdir -p a/mnt b/mnt
	fs_make tmpfs "$PWD/b/mnt" && fs_make tmpfs "$PWD/a/mnt"
	file_make a/mnt/1 100K && cp a/mnt/1 a/mnt/2 && cp a/mnt/* b/mnt
	mkdir {a,b}/{first,last} && file_make a/first/x 100K && file_make a/last/x 100K
	twin a/first/x b/first/x && twin a/last/x b/last/x
	unchanged -R --dedupe a b
	umount a/mnt b/mnt
	assert_failure 1
	assert_equal "${#lines[@]}" 1
	assert_output --regexp "^ovl-cp: 'b/mnt/[12]' is left alone: its filesystem, tmpfs, cannot deduplicate"
	shares_extents a/first/x b/first/x
	shares_extents a/last/x b/last/x
}
