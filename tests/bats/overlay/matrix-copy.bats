#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Inside an overlay whose upper layer cannot clone, the bytes are copied, and the source is never
# copied up in vain, not even if a clone is required.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay

setup_file() {
	requires loop overlay fs:{ext4,xfs} setfattr || return 0
	local type from=$BATS_FILE_TMPDIR/from
	mkdir "$from"
	file_make "$from/file" "$SIZE"
	setfattr -n user.note -v kept "$from/file"
	for type in xfs0 ext4 tmpfs; do
		fs_make "$type" "$BATS_FILE_TMPDIR/up-$type" || return
	done
}

# copies LOWER UPPER: tests such a stack.
copies() {
	low=$BATS_TEST_TMPDIR/low
	layer_make "$1" "$low" "$BATS_FILE_TMPDIR/from"
	up=$(mktemp -d -p "$BATS_FILE_TMPDIR/up-$2")
	stack
	remember "$merged/file"
	ovl_cp --debug "$merged/file" "$merged/copy"
	assert_output --partial "$SIZE bytes written, 0 shared (rule:"
	assert_output --partial "the overlay's upper layer, ${2%0}, cannot clone"
	assert_copied file copy
	assert_grown_by "$SIZE"

	growth_start "$up"
	ovl_cp --reflink=always --copy-up=always "$merged/file" "$merged/clone"
	assert_refused file clone "the filesystem of the overlay's upper layer, ${2%0}, cannot clone"
	assert_grown_by 0
	ovl_cp --copy-up=always --fan-out "$merged/file" "$merged/"{one,two}
	assert_copied file one two
	assert_untouched "$merged/file"
}

@test "ext4 below xfs without reflink" { copies ext4 xfs0; }
@test "squashfs below xfs without reflink" { copies squashfs xfs0; }
@test "erofs below xfs without reflink" { copies erofs xfs0; }
@test "tmpfs below xfs without reflink" { copies tmpfs xfs0; }
@test "xfs below xfs without reflink" { copies xfs xfs0; }
@test "btrfs below xfs without reflink" { copies btrfs xfs0; }

@test "another ext4 below ext4" { copies ext4 ext4; }
@test "squashfs below ext4" { copies squashfs ext4; }
@test "erofs below ext4" { copies erofs ext4; }
@test "tmpfs below ext4" { copies tmpfs ext4; }
@test "xfs below ext4" { copies xfs ext4; }
@test "btrfs below ext4" { copies btrfs ext4; }

@test "ext4 below tmpfs" { copies ext4 tmpfs; }
@test "squashfs below tmpfs" { copies squashfs tmpfs; }
@test "erofs below tmpfs" { copies erofs tmpfs; }
@test "another tmpfs below tmpfs" { copies tmpfs tmpfs; }
@test "xfs below tmpfs" { copies xfs tmpfs; }
@test "btrfs below tmpfs" { copies btrfs tmpfs; }
