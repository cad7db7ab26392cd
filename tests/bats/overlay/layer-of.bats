#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# On which layer the data of a file is, for every type of upper layer; the inquiry changes nothing.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay
load ../../fixtures/look

setup_file() {
	requires loop overlay fs:ext4 "$LOOK" || return 0
	fs_make ext4 "$BATS_FILE_TMPDIR/lows" 64
}

# over TYPE [OPTS]: mounts a stack with files of every kind, whose upper layer is on this type.
over() {
	[ "$1" = tmpfs ] || requires "fs:${1%0}"
	up=$BATS_TEST_TMPDIR/up low=$(mktemp -d -p "$BATS_FILE_TMPDIR/lows")
	fs_make "$1" "$up" 512
	[ -z "${same-}" ] || { low=$up/low && mkdir "$low"; }
	file_make "$low/lower" 10K
	file_make "$low/copied" 10K
	file_make "$low/small" 1
	: >"$low/empty"
	mkdir "$low/dir"
	stack "${2-}"
	file_make "$merged/new" 10K
	: >>"$merged/copied"
	: >"$merged/new-empty"
}

# listed: prints everything on the upper filesystem with its times; synced, as that changes blocks.
listed() { sync -f "$up" && find "$up" -printf '%p %i %s %b %T@ %C@\n' -type f -printf '%A@\n'; }

# told: asserts the layer of every file, and that the upper layer has not changed.
told() {
	was=$(listed)
	assert_layer lower "$merged/"{lower,small}
	assert_layer upper "$merged/"{copied,new}
	assert_layer unclear "$merged/"{empty,new-empty,dir}
	assert_equal "$(listed)" "$was"
	assert_layer none "$low/lower" "$up/upper/new"
}

@test "over xfs" { over xfs && told; }
@test "over xfs that cannot clone" { over xfs0 && told; }
@test "over btrfs" { over btrfs && told; }
@test "over ext4" { over ext4 && told; }
@test "over tmpfs" { over tmpfs && told; }
@test "over xfs, with the lower layer on it too" { same=1 && over xfs && told; }
@test "over btrfs, with the lower layer on it too" { same=1 && over btrfs && told; }
@test "over tmpfs, with the lower layer on it too" { same=1 && over tmpfs && told; }
@test "with all that an overlay can have" { over xfs index=on,xino=on,metacopy=on && told; }

@test "metadata alone on the upper layer" {
	for type in xfs xfs0 btrfs ext4 tmpfs; do
		over "$type" metacopy=on
		chmod 600 "$merged/lower"
		! copied_up "$up" lower || fail 'its data was copied up too'
		assert_layer metadata "$merged/lower"
		assert_layer upper "$merged/"{copied,new}
		umount "$merged" "$up"
	done
}

@test "a file that cannot be changed is not reported as on a lower layer for that reason" {
	over xfs
	chattr +i "$merged/new" || cannot_run 'no chattr here'
	chattr +a "$merged/copied"
	assert_layer upper "$merged/"{new,copied} # this flag is stored by the overlay only
	chattr -i "$merged/new"
	chattr +i "$up/upper/new"
	overlay_remount "$merged"
	assert_layer unclear "$merged/new"
	chattr -i "$up/upper/new"
}

@test "on read-only filesystems, some of which call every file immutable" {
	for type in erofs squashfs; do
		requires "fs:$type"
		low=$BATS_TEST_TMPDIR/$type up=$BATS_TEST_TMPDIR/up-$type merged=$BATS_TEST_TMPDIR/on-$type
		mkdir "$low.from"
		file_make "$low.from/lower" 10K && file_make "$low.from/copied" 10K
		fs_make_ro "$type" "$low" "$low.from"
		fs_make xfs "$up" 512
		stack
		: >>"$merged/copied"
		assert_layer lower "$merged/lower"
		assert_layer upper "$merged/copied"
	done
}
