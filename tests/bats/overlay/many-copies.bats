#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The purpose of it all: a hundred copies of a large file take the space of one.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay

setup_file() {
	requires loop overlay fs:ext4 reflink:{xfs,btrfs} filefrag || return 0
	fs_make ext4 "$BATS_FILE_TMPDIR/lower" && fs_make xfs "$BATS_FILE_TMPDIR/xfs" 1024 &&
		fs_make btrfs "$BATS_FILE_TMPDIR/btrfs" 1024 &&
		file_make "$BATS_FILE_TMPDIR/lower/X" 16M
}

# hundred UPPER: mounts the stack; sets copies to the paths of the destinations.
hundred() {
	low=$BATS_FILE_TMPDIR/lower
	up=$(mktemp -d -p "$BATS_FILE_TMPDIR/$1")
	copies=("$merged/X"{1..100})
	stack
}

took_the_room_of_one() {
	local bytes
	bytes=$(growth "$up")
	[ "$bytes" -le $((18 << 20)) ] || fail "grew by $bytes bytes"
	printf '%s\0' "${copies[@]}" | xargs -0 -n 1 -P 2 cmp "$merged/X" || fail 'copies differ'
}

separately() {
	local copy
	hundred "$1"
	for copy in "${copies[@]}"; do
		"$OVL_CP" "$merged/X" "$copy" || fail "could not make $copy"
	done
	assert_copied_up X
	took_the_room_of_one
}

fan_out() {
	hundred "$1"
	ovl_cp --fan-out "$merged/X" "${copies[@]}"
	assert_success
	assert_copied_up X
	took_the_room_of_one
}

fan_out_without_copy_up() {
	hundred "$1"
	ovl_cp --copy-up=never --fan-out "$merged/X" "${copies[@]}"
	assert_success
	assert_not_copied_up X
	took_the_room_of_one
}

@test "a hundred runs, ext4 below xfs" { separately xfs; }
@test "a hundred runs, ext4 below btrfs" { separately btrfs; }
@test "one fan-out, ext4 below xfs" { fan_out xfs; }
@test "one fan-out, ext4 below btrfs" { fan_out btrfs; }
@test "one fan-out without a copy-up, ext4 below xfs" { fan_out_without_copy_up xfs; }
@test "one fan-out without a copy-up, ext4 below btrfs" { fan_out_without_copy_up btrfs; }

@test "eight runs at once, ext4 below xfs" {
	hundred xfs
	copies=("${copies[@]:0:8}")
	printf '%s\0' "${copies[@]}" | xargs -0 -n 1 -P 8 "$OVL_CP" --reflink=always "$merged/X"
	assert_copied_up X
	took_the_room_of_one
}
