#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --dedupe: who may do it, and what the kernel refuses.
# needs: images

load ../../fixtures/common
load ../../fixtures/dedupe
load ../../fixtures/overlay

setup() {
	lab_setup
	cd "$BATS_FILE_TMPDIR/xfs" || return
}
teardown() {
	[ -z "${swap-}" ] || swapoff "$swap"
	lab_cleanup
}

setup_file() {
	dedupe_file xfs ext4
	! is_skipped || return 0
	cd "$BATS_FILE_TMPDIR/xfs" && file_make src 1M && chmod 755 . && twin src dst
}

says() {
	assert_failure 1
	assert_output "ovl-cp: $1"
}

@test "the owner may do it where he cannot write" {
	chown 65534 dst && chmod 444 dst
	before=$(dump .)
	run as_user "$OVL_CP" --dedupe src dst
	assert_success
	refute_output
	shares_extents src dst
	assert_equal "$(dump .)" "$before"
}

@test "a user may not do it with the files of others" {
	twin src others
	run as_user "$OVL_CP" --dedupe src others
	says "'others' cannot share the data of 'src': Operation not permitted: only its owner, root, and users with write permission may do that"
	chmod 666 others
	as_user "$OVL_CP" --dedupe src others
	shares_extents src others
	chmod 000 others
	run as_user "$OVL_CP" --dedupe src others
	says "cannot open 'others' for reading: Permission denied"
}

@test "an immutable file is refused as such" {
	twin src fixed && chattr +i fixed
	ovl_cp --dedupe src fixed
	chattr -i fixed
	says "'fixed' cannot share the data of 'src': Operation not permitted: 'fixed' is immutable (chattr +i)"
}

@test "swap space is refused as such" {
	swap_on "$PWD/swapfile" && cp --sparse=never --reflink=never swapfile twin
	ovl_cp --dedupe twin swapfile
	says "'swapfile' cannot share the data of 'twin': Text file busy: one of them is in use as swap space"
}

@test "a read-only filesystem is refused as such" {
	twin src late && mount -o remount,ro "$PWD"
	ovl_cp --dedupe src late
	mount -o remount,rw "$PWD"
	says "'late' cannot share the data of 'src': Read-only file system"
}

@test "a filesystem that cannot do it says so, once for a tree" {
	cd "$BATS_FILE_TMPDIR/ext4" && mkdir -p a b && cp ../xfs/src a/1 && cp a/1 a/2 && cp a/* b
	local why="its filesystem, ext4, cannot deduplicate existing files (FIDEDUPERANGE): Operation not supported"
	unchanged --dedupe a/1 b/1
	says "'b/1' is left alone: $why"
	unchanged --dedupe-within .
	says "'.' is left alone: $why"
	unchanged -R --dedupe a b
	assert_equal "$status ${#lines[@]}" '1 1'
}
