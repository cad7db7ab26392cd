#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Holes: the copy has the content of the source and takes no more space, and holes take no time.
# needs: images
# shellcheck disable=SC2317 # fill is called by each_way

load ../../fixtures/common

setup_file() {
	requires loop fs:ext4 reflink:xfs fs:btrfs strace fallocate || return 0
	fs_make ext4 "$BATS_FILE_TMPDIR/ext4"
	fs_make xfs "$BATS_FILE_TMPDIR/xfs"
	fs_make btrfs "$BATS_FILE_TMPDIR/btrfs"
	fs_make tmpfs "$BATS_FILE_TMPDIR/tmpfs"
}

# islands FILE: creates a file of a little more than 1 GiB, with data in three places.
islands() {
	local at
	truncate -s $(((1 << 30) + 12345)) "$1"
	for at in 1 300 900; do
		dd if=<(seq "$at"00000 inf) of="$1" bs=1M seek="$at" count=1 iflag=fullblock \
			conv=notrunc status=none
	done
}

# blocks FILE: prints its number of blocks of 512 bytes, after a sync.
blocks() {
	sync "$1"
	stat -c %b "$1"
}

# same FILE COPY: COPY must have the same content, and take no more space, except for metadata.
same() {
	cmp "$1" "$2"
	[ "$(blocks "$2")" -le $(($(blocks "$1") + 256)) ] ||
		fail "$2: $(blocks "$2") blocks for $(blocks "$1")"
}

# each_way FILL ARG...: copies the file that FILL creates on, and between, the filesystems.
each_way() {
	local from to option dir=$BATS_FILE_TMPDIR
	for from in ext4 xfs btrfs tmpfs; do
		rm -f "$dir"/*/{src,new}
		"$@" "$dir/$from/src"
		for to in "$from" ext4 tmpfs; do
			for option in --reflink=never --reflink=auto; do
				rm -f "$dir/$to/new"
				ovl_cp "$option" "$dir/$from/src" "$dir/$to/new"
				assert_success
				same "$dir/$from/src" "$dir/$to/new"
			done
		done
	done
}

@test "data at the start only, then a hole" {
	fill() { head -c 70000 /dev/urandom >"$1" && truncate -s 20000001 "$1"; }
	each_way fill
}

@test "a hole at the start, then data that ends within a block" {
	fill() { truncate -s 10M "$1" && seq 5001 >>"$1"; }
	each_way fill
}

@test "nothing but a hole" {
	fill() { truncate -s 33333333 "$1"; }
	each_way fill
}

@test "many small holes" {
	fill() {
		seq 1000000 >"$1"
		for at in {0..40..2}; do fallocate -p -o $((at * 131072)) -l 131072 "$1"; done
	}
	each_way fill
}

@test "room that was set aside and not written reads as zeros" {
	fill() { fallocate -l 8M "$1" && truncate -s 20M "$1" && seq 9999 1<>"$1"; }
	for fs in ext4 xfs btrfs tmpfs; do
		fill "$BATS_FILE_TMPDIR/$fs/pre"
		for option in --reflink=never --reflink=auto; do
			ovl_cp "$option" "$BATS_FILE_TMPDIR/$fs"/{pre,copy}
			assert_success
			cmp "$BATS_FILE_TMPDIR/$fs"/{pre,copy}
		done
	done
}

@test "an existing destination full of data has the holes too" {
	cd "$BATS_FILE_TMPDIR/ext4"
	rm -f src new
	truncate -s 5M src
	seq 100000 >>src
	seq 2000000 >new
	ovl_cp --reflink=never src new
	assert_success
	same src new
}

@test "a stream gets zeros for the holes" {
	cd "$BATS_FILE_TMPDIR/ext4"
	rm -f src
	truncate -s 5M src
	seq 10 >>src
	truncate -s 7000000 src
	"$OVL_CP" src /dev/stdout | cmp src
}

@test "holes of all destinations of a fan-out are kept" {
	cd "$BATS_FILE_TMPDIR/ext4"
	rm -f src
	truncate -s 30M src
	seq 1000 >>src
	ovl_cp --fan-out src a b "$BATS_FILE_TMPDIR/tmpfs/c"
	assert_success
	for copy in a b "$BATS_FILE_TMPDIR/tmpfs/c"; do same src "$copy"; done
}

@test "a gigabyte with three islands is copied in few calls" {
	cd "$BATS_FILE_TMPDIR/ext4"
	rm -f -- * 2>/dev/null || :
	islands src
	for option in --reflink=never --reflink=auto; do
		for to in new "$BATS_FILE_TMPDIR/tmpfs/new"; do
			strace -o "$BATS_TEST_TMPDIR/trace" \
				-e trace=read,write,pread64,pwrite64,copy_file_range,lseek \
				"$OVL_CP" "$option" src "$to"
			same src "$to"
			[ "$(wc -l <"$BATS_TEST_TMPDIR/trace")" -lt 100 ]
			rm "$to"
		done
	done
}

@test "a filesystem that does not tell of holes: zeros become holes where there is no room for them" {
	local hidden=$BATS_TEST_TMPDIR/hidden small=$BATS_TEST_TMPDIR/small
	mkdir "$hidden" "$small"
	mount -t ramfs ramfs "$hidden"
	mount -t tmpfs -o size=8M tmpfs "$small"
	# the number of its blocks is that of its pages, and what was read has all of them
	anew() {
		rm -f "$hidden/src"
		seq 300000 >"$hidden/src"
		truncate -s 64M "$hidden/src"
		echo end >>"$hidden/src"
		truncate -s 65M "$hidden/src"
	}
	for option in --reflink=auto -j4 --atomic --verify; do
		anew
		ovl_cp --explain $option "$hidden/src" "$small/new"
		assert_success
		ovl_cp $option "$hidden/src" "$small/new"
		assert_success
		cmp "$hidden/src" "$small/new"
		rm "$small/new"
	done
	anew
	ovl_cp --fan-out "$hidden/src" "$small/one" "$small/two"
	assert_success
	cmp "$hidden/src" "$small/one"
	cmp "$hidden/src" "$small/two"
	anew
	ovl_cp --sparse=never "$hidden/src" "$small/new"
	assert_failure 1
	umount "$hidden" "$small"
}

@test "a file that ends at the greatest offset is copied to its end" {
	local option xfs=$BATS_FILE_TMPDIR/xfs
	rm -f "$xfs"/{src,new}
	truncate -s $(((1 << 63) - 1)) "$xfs/src"
	printf end | dd of="$xfs/src" bs=1 seek=$(((1 << 63) - 4)) conv=notrunc status=none
	for option in --reflink=auto --reflink=never --sparse=always; do
		ovl_cp $option --verify "$xfs/src" "$xfs/new"
		assert_success
		assert_equal "$(stat -c %s "$xfs/new")" $(((1 << 63) - 1))
		assert_equal "$(tail -c 3 "$xfs/new")" end
		rm "$xfs/new"
	done
}
