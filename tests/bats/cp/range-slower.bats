#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Where copy_file_range is known to do no more than copy, it copies small files only.
# needs: images
# shellcheck disable=SC2154 # of bats

load ../../fixtures/common
load ../../fixtures/cp

MIN=$((4 * 1024 * 1024)) # PLAN_RANGE_SLOWER_MIN

setup() {
	lab_setup
	cd "$BATS_TEST_TMPDIR" || return
}

# copies_by RULE SRC DEST: copies without a thread of its own; RULE must provide the data.
copies_by() {
	ovl_cp --debug -j1 "$2" "$3"
	assert_success
	assert_output --partial "(rule: $1)"
	cmp "$2" "$3"
}

# on TYPE: makes a filesystem, and goes there.
on() {
	fs_make "$1" fs 100
	cd fs || return
	file_make big $MIN
	file_make less $((MIN - 1))
	truncate -s 1G holes
	dd if=big of=holes bs=1M count=3 seek=100 conv=notrunc status=none
}

@test "ext4: from 4 MiB of data on a file is read and written" {
	requires loop fs:ext4
	on ext4
	copies_by range-slower big new
	copies_by range less new2
	copies_by range holes new3
	dd if=big of=holes bs=1M count=3 seek=200 conv=notrunc status=none
	copies_by range-slower holes new4
}

@test "tmpfs, too, and an overlay on it" {
	requires root overlay
	on tmpfs
	copies_by range-slower big new
	copies_by range less new2
	mkdir low up work merged
	mount -t overlay -o lowerdir=low,upperdir=up,workdir=work overlay merged
	cp big less merged/
	copies_by range-slower merged/big merged/new
	copies_by range merged/less merged/new2
}

@test "btrfs, where only these two files cannot be cloned: copy_file_range may share" {
	requires loop fs:btrfs
	fs_make btrfs fs 200
	cd fs
	touch big
	chattr +C big
	file_make more $MIN
	cat more >big
	copies_by range big new
}

@test "a server may copy: files of any size" {
	requires bindfs
	mkdir there shown
	bindfs there shown
	file_make there/big $MIN
	copies_by range shown/big shown/new
	umount shown
}
