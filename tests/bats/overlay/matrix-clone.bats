#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# One plain copy inside an overlay whose upper layer can clone: the source is copied up once and
# its copy shares the data, whatever the lower layer is.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay

setup_file() {
	requires loop overlay reflink:{xfs,btrfs} setfattr filefrag || return 0
	local from=$BATS_FILE_TMPDIR/from
	mkdir "$from"
	file_make "$from/file" "$SIZE"
	chmod 751 "$from/file"
	setfattr -n user.note -v kept "$from/file"
	fs_make xfs "$BATS_FILE_TMPDIR/up-xfs" && fs_make btrfs "$BATS_FILE_TMPDIR/up-btrfs"
}

# clones LOWER UPPER: tests such a stack.
clones() {
	low=$BATS_TEST_TMPDIR/low
	layer_make "$1" "$low" "$BATS_FILE_TMPDIR/from"
	up=$(mktemp -d -p "$BATS_FILE_TMPDIR/up-$2")
	stack
	remember "$merged/file"
	ovl_cp --debug "$merged/file" "$merged/copy"
	assert_output --partial "cloned after a copy-up of the source: 0 bytes written, $SIZE shared"
	assert_output --partial ", $SIZE copied up (rule: clone-upper)"
	assert_cloned file copy
	assert_grown_by "$SIZE"
	assert_untouched "$merged/file"
	assert_equal "$(stat -c %a "$merged/copy")" 751
	# The next copy is a plain clone.
	growth_start "$up"
	ovl_cp --debug --reflink=always "$merged/file" "$merged/second"
	assert_output --partial "cloned: 0 bytes written, $SIZE shared (rule: clone)"
	assert_cloned file second
	assert_grown_by 0
}

@test "ext4 below xfs" { clones ext4 xfs; }
@test "squashfs below xfs" { clones squashfs xfs; }
@test "erofs below xfs" { clones erofs xfs; }
@test "tmpfs below xfs" { clones tmpfs xfs; }
@test "another xfs below xfs" { clones xfs xfs; }
@test "btrfs below xfs" { clones btrfs xfs; }

@test "ext4 below btrfs" { clones ext4 btrfs; }
@test "squashfs below btrfs" { clones squashfs btrfs; }
@test "erofs below btrfs" { clones erofs btrfs; }
@test "tmpfs below btrfs" { clones tmpfs btrfs; }
@test "xfs below btrfs" { clones xfs btrfs; }
@test "another btrfs below btrfs" { clones btrfs btrfs; }
