#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# One fan-out to several filesystems: on each, the best possible method is used.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # up belongs to the fixture
# needs: images

load ../../fixtures/overlay

setup_file() {
	requires loop fs:ext4 reflink:{xfs,btrfs} filefrag chattr || return 0
	local type
	for type in xfs btrfs ext4; do
		fs_make "$type" "$BATS_FILE_TMPDIR/$type" || return
	done
}

# at TYPE: prints a new directory on such a filesystem, created before the growth is measured.
at() {
	mktemp -d -p "$BATS_FILE_TMPDIR/$1"
}

@test "from ext4 to xfs, btrfs and ext4 in turn: one copy for each that can clone" {
	source=$(at ext4)/file
	xfs=$(at xfs) btrfs=$(at btrfs) ext4=$(at ext4)
	file_make "$source" "$SIZE"
	remember "$source"
	growth_start "$xfs"
	growth_start "$btrfs"
	growth_start "$ext4"
	copies=()
	for i in {1..5}; do
		copies+=("$xfs/$i" "$btrfs/$i" "$ext4/$i")
	done
	ovl_cp --debug --fan-out "$source" "${copies[@]}"
	assert_success
	assert_all_equal "$source" "${copies[@]}"
	assert_shares "$xfs/1" "$xfs/"{2..5}
	assert_shares "$btrfs/1" "$btrfs/"{2..5}
	assert_grown_by "$SIZE" "$xfs"
	assert_grown_by "$SIZE" "$btrfs"
	assert_grown_by $((5 * SIZE)) "$ext4"
	assert_untouched "$source"
}

@test "--reflink=always fails for those that cannot be cloned and makes the others" {
	source=$(at xfs)/file
	to=${source%/*} ext4=$(at ext4) btrfs=$(at btrfs)
	file_make "$source" "$SIZE"
	ovl_cp --reflink=always --fan-out "$source" "$to/1" "$ext4/1" "$btrfs/1" "$to/2"
	assert_failure 1
	assert_output --partial "failed to clone '$ext4/1' from '$source'"
	assert_output --partial "failed to clone '$btrfs/1' from '$source'"
	assert_output --partial 'on another filesystem'
	assert_not_exists "$ext4/1"
	assert_not_exists "$btrfs/1"
	assert_shares "$source" "$to/1" "$to/2"
}

@test "a source in /proc, whose size is 0" {
	to=$(at xfs)
	ovl_cp --fan-out /proc/version "$to/"{1..3}
	assert_success
	assert_all_equal /proc/version "$to/"{1..3}
}

@test "a stream is read once for all destinations" {
	to=$(at btrfs)
	growth_start "$to"
	file_make "$BATS_TEST_TMPDIR/file" "$SIZE"
	run sh -c 'cat "$1" | { shift; "$@"; }' sh "$BATS_TEST_TMPDIR/file" \
		"$OVL_CP" --fan-out /dev/stdin "$to/"{1..5}
	assert_success
	assert_all_equal "$BATS_TEST_TMPDIR/file" "$to/"{1..5}
	assert_grown_by "$SIZE" "$to"
}

@test "of a file of more than 1 TiB nothing is cloned to try whether it can be" {
	requires strace
	cd "$(at xfs)" || return
	truncate -s 2T big
	file_make data 1M
	dd if=data of=big bs=1M seek=$((1 << 20)) conv=notrunc status=none
	cp --reflink=always big big2
	mkdir to
	# the first clone, after the one that is tried, is refused: the bytes are copied
	strace -f -o "$BATS_TEST_TMPDIR/trace" -P "$PWD/to/big" -e inject=ioctl:error=EINVAL:when=2 \
		"$OVL_CP" -j2 big big2 to
	grep -q 'FICLONE, .*INJECTED' "$BATS_TEST_TMPDIR/trace"
	cmp <(head -c 1M to/big) <(head -c 1M big)
	cmp data <(tail -c +$(((1 << 40) + 1)) to/big | head -c 1M)
}
