#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The totals of --explain, and by how much the filesystem of the upper layer really grows.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay
load ../../fixtures/explain

setup_file() {
	requires loop overlay fs:ext4 reflink:{xfs,btrfs} filefrag || return 0
	fs_make ext4 "$BATS_FILE_TMPDIR/low" 1024
	fs_make xfs "$BATS_FILE_TMPDIR/up" 1024
	fs_make btrfs "$BATS_FILE_TMPDIR/btrfs" 1024
}

# scene [btrfs]: mounts a stack with files of all sizes.
scene() {
	[ -z "${1-}" ] || up=$(mktemp -d -p "$BATS_FILE_TMPDIR/$1")
	mkdir -p "$low/tree/sub"
	file_make "$low/file" "$SIZE"
	file_make "$low/large" 17M
	file_make "$low/small" 20000
	file_make "$low/tree/one" 2M
	file_make "$low/tree/sub/two" 700000
	file_make "$low/named" 2M
	ln -s named "$low/alias"
	mkdir "$low/both"
	file_make "$low/holes" 64K
	truncate -s 64M "$low/holes"
	dd if="$low/small" of="$low/holes" bs=64K seek=500 conv=notrunc status=none
	stack
	cd "$merged" || return
	watched=("$merged" "$up")
}

grows_as_told() {
	explains "$@"
	assert_success
	growth_start "$up"
	"$OVL_CP" "$@"
	assert_grown_by "$(foretold 'upper layer')"
}

# all_grow_as_told: tests copies of each kind.
all_grow_as_told() {
	grows_as_told file one
	assert_says 'upper layer' "$SIZE bytes" 'all of them by copy-ups'
	grows_as_told named alias both
	assert_says 'upper layer' 'grows by 2097152 bytes' 'all of them by copy-ups'
	grows_as_told --fan-out large two three four
	grows_as_told -R --copy-up=never tree tree2
	assert_says 'upper layer' "grows by $((2097152 + 700000)) bytes"
	grows_as_told -R --copy-up=always tree tree3
	grows_as_told --copy-up=never large five
	grows_as_told --fan-out -R tree to1 to2 to3
}

@test "the upper layer on xfs grows by what was predicted" {
	scene
	all_grow_as_told
}

@test "the upper layer on btrfs grows by what was predicted" {
	scene btrfs
	all_grow_as_told
}

@test "of a file with holes a copy-up writes the pieces that have data" {
	scene btrfs
	grows_as_told --copy-up=always holes copy
	assert_says copy-up 'writes 2097152 bytes (2.0 MiB)'
	assert_says bytes '0 written, 2097152 (2.0 MiB) shared'
	assert_says 'image layer' 'grows by 4194304 bytes (4.0 MiB)'
	file_make hole 1M && truncate -s 8M hole
	ovl_cp --debug hole copy2
	assert_output --partial '0 bytes written, 1048576 shared'
	really_shared copy2 1048576
}

@test "the sums are those of the blocks" {
	scene
	explains -R --copy-up-min=1M file small tree "$(mkdir to && echo to)"
	assert_success
	assert_says total '1 cloned after a copy-up of the source, 3 copied by read and write'
	assert_says bytes "$((20000 + 2097152 + 700000)) (2.7 MiB) written, $SIZE (3.0 MiB) shared"
	assert_says 'upper layer' "$((SIZE + 20000 + 2097152 + 700000)) bytes" "$SIZE (3.0 MiB) of them"
	assert_says 'image layer' "$((SIZE * 2 + 20000 + 2097152 + 700000)) bytes"
	assert_says 'to share' '1 file: use --copy-up=always, or a smaller' '2 files: use --copy-up=always, which copies up each'
}

@test "of zeros that become holes it is told that they may be written, and no more" {
	file_make "$low/zeros" 10000
	truncate -s 2M "$low/zeros"
	cat "$low/zeros" >"$low/data" # without holes
	stack
	cd "$merged"
	watched=("$merged" "$up")
	explains --sparse=always data copy
	assert_success
	assert_says bytes 'at most 2097152 (2.0 MiB) written, 0 shared'
	assert_says 'upper layer' 'grows by at most 2097152 bytes'
	assert_says 'image layer' 'grows by at most 2097152 bytes'
	explains --sparse=never data copy
	assert_says bytes '2097152 (2.0 MiB) written, 0 shared'
}
