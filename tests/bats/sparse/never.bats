#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --sparse=never: holes become zeros that take space.
# needs: images
# shellcheck disable=SC2317 # fill is called by each

load ../../fixtures/common
load ../../fixtures/cp

setup_file() {
	requires loop fs:ext4 reflink:xfs || return 0
	fs_make ext4 "$BATS_FILE_TMPDIR/ext4"
	fs_make xfs "$BATS_FILE_TMPDIR/xfs"
}

# each FILL: copies the file that FILL creates on each filesystem; the copy must have no hole.
each() {
	for fs in ext4 xfs; do
		cd "$BATS_FILE_TMPDIR/$fs" || return
		rm -f src new new.cp
		"$1" src
		cp --sparse=never --reflink=never src new.cp
		ovl_cp --sparse=never --reflink=never src new
		assert_success
		cmp src new
		assert_equal "$(data_map new)" "$(data_map new.cp)"
		full new
	done
}

# full FILE: asserts that FILE has at least the blocks for its size.
full() {
	[ $(($(sync "$1" && stat -c %b "$1") * 512)) -ge "$(stat -c %s "$1")" ] || fail "$1: holes"
}

@test "a hole in the middle becomes zeros" {
	fill() { seq 20000 >"$1" && truncate -s 1M "$1" && seq 900 >>"$1"; }
	each fill
}

@test "holes at the start and the end become zeros" {
	fill() { truncate -s 1M "$1" && seq 20000 >>"$1" && truncate -s 1234567 "$1"; }
	each fill
}

@test "nothing but a hole becomes zeros" {
	fill() { truncate -s 3333333 "$1"; }
	each fill
}

@test "where the data could be shared, a source with holes is written out" {
	cd "$BATS_FILE_TMPDIR/xfs"
	rm -f src new
	truncate -s 1M src
	seq 900 >>src
	ovl_cp --sparse=never src new
	assert_success
	cmp src new
	full new
}

@test "a source without holes is written out, too, and not offloaded" {
	requires strace
	cd "$BATS_FILE_TMPDIR/xfs"
	rm -f src new
	file_make src 256K
	run strace -f -o trace -e trace=ioctl,copy_file_range "$OVL_CP" --sparse=never src new
	assert_success
	refute grep -E 'FICLONE|copy_file_range' trace
	assert_equal "$(shared_bytes src new)" 0
}

# The blocks that are set aside beyond the end hide the holes from st_blocks.
@test "holes that do not show in the block count become zeros, and the copy can be swapped to" {
	requires mkswap swapon fallocate
	for fs in ext4 xfs; do
		cd "$BATS_FILE_TMPDIR/$fs"
		rm -f src new
		truncate -s 8M src
		fallocate -n -o 8M -l 16M src
		chmod 600 src
		ovl_cp --sparse=never src new
		assert_success
		cmp src new
		full new
		mkswap new >/dev/null
		swapon new
		swapoff new
	done
}

@test "an existing file with holes has none afterwards" {
	cd "$BATS_FILE_TMPDIR/ext4"
	truncate -s 1M src
	truncate -s 5M new
	ovl_cp --sparse=never src new
	assert_success
	cmp src new
	full new
}

@test "files in trees have no holes" {
	cd "$BATS_FILE_TMPDIR/ext4"
	rm -rf tree to
	mkdir tree
	truncate -s 1M tree/a
	ovl_cp -a --sparse=never tree to
	assert_success
	full to/a
}
