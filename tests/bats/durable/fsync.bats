#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --fsync: what is written to stable storage, and in which order.
# needs: images

load ../../fixtures/common

setup() {
	requires strace
	cd "$BATS_TEST_TMPDIR" || return
	file_make src 1M
	mkdir -p tree/sub && cp src tree/a && cp src tree/sub/b && ln -s a tree/link
}

# syncs ARG...: prints each call that writes to stable storage, with the name of the file.
syncs() {
	strace -y -o trace -e trace=fsync,fdatasync,syncfs "$OVL_CP" "$@" || return
	sed -n "s|^\([a-z]*\)([0-9]*<$BATS_TEST_TMPDIR/*\([^>]*\)>) *= 0|\1 \2|p" trace
}

@test "without --fsync nothing is written to stable storage" {
	run syncs -r -j1 tree new
	assert_output ''
}

@test "--fsync writes a file, then its directory" {
	mkdir dir
	run syncs --fsync src dir/new
	assert_output "$(printf '%s\n' 'fsync dir/new' 'fsync dir')"
}

@test "--fsync=file writes each file of a tree before its directory, and that before the one above" {
	run syncs -r -j1 --fsync=file tree new
	assert_equal "$(tail -n 2 <<<"$output")" "$(printf '%s\n' 'fsync new' 'fsync ')"
	[[ $output == *'fsync new/a'* ]]
	[[ $output == *'fsync new/sub/b'*'fsync new/sub'$'\n'* ]]
}

@test "--fsync writes the filesystem once for a tree, also with threads" {
	for jobs in 1 2; do
		run syncs -r -j$jobs --fsync tree new$jobs
		assert_equal "$(grep -c syncfs trace)" 1
		assert_equal "$(grep -c fsync trace)" 0
	done
}

@test "--fsync writes each filesystem of a fan-out once" {
	requires root loop fs:ext4
	fs_make ext4 "$BATS_TEST_TMPDIR/other"
	run syncs --fsync --fan-out src one two other/one other/two
	assert_equal "$(grep -c syncfs trace)" 2
}

@test "--fsync with --parents writes the new leading directories" {
	mkdir dir
	run syncs --fsync --parents tree/sub/b dir
	for name in dir/tree/sub/b dir/tree/sub dir/tree dir; do
		assert_line "fsync $name"
	done
}

@test "a failure to write to stable storage is told, and the exit status is 1" {
	run strace -o trace -e trace=fsync -e inject=fsync:error=EIO "$OVL_CP" --fsync src new
	assert_output "ovl-cp: cannot write 'new' to stable storage: Input/output error"
	run strace -o trace -e trace=syncfs -e inject=syncfs:error=EIO "$OVL_CP" -r --fsync tree dir
	assert_failure 1
	assert_output --partial "to stable storage: Input/output error"
}

@test "--fsync says that a volatile overlay stores nothing" {
	requires root loop overlay fs:ext4
	fs_make ext4 "$BATS_TEST_TMPDIR/up"
	overlay_make "$BATS_TEST_TMPDIR/merged" tree "$BATS_TEST_TMPDIR/up" volatile
	for how in file fs; do
		ovl_cp --fsync=$how src merged/new.$how
		assert_failure 1
		assert_output "ovl-cp: 'merged/new.$how' is copied, but not to stable storage: it is on an overlay that is mounted with the option volatile"
		cmp src merged/new.$how
		for kind in src tree/link; do
			ovl_cp --explain -P --fsync=$how $kind merged/more
			assert_output --partial "'merged/more' is copied, but not to stable storage"
			refute_output --partial 'stored:'
		done
		run sh -c "'$OVL_CP' --report=- --fsync=$how src merged/new.$how 2>&1"
		assert_output --partial '"fsync":null'
	done
}

@test "--explain of a tree for several places says so of the one that is on a volatile overlay" {
	requires root loop overlay fs:ext4
	fs_make ext4 "$BATS_TEST_TMPDIR/up"
	overlay_make "$BATS_TEST_TMPDIR/merged" tree "$BATS_TEST_TMPDIR/up" volatile
	mkdir plain tree/empty
	ovl_cp --explain -R --fsync --fan-out tree/empty merged/new plain/new
	assert_failure 1
	assert_output --partial "'merged/new' is copied, but not to stable storage"
	refute_output --partial "'plain/new' is copied, but not"
}

# thin_disk FSTYPE DIR ROOM: a filesystem at DIR whose disk turns out to have ROOM KiB left, although
# the filesystem knows of more: data that is written out later gets lost.
thin_disk() {
	local thin=$BATS_TEST_TMPDIR/thin.$1
	fs_make tmpfs "$thin" 800
	truncate -s 512M "$thin/image"
	"thin_$1" "$thin/image"
	mkdir "$2"
	mount -o loop "$thin/image" "$2"
	mkdir "$2/upper" "$2/work"
	sync -f "$2"
	mount -o "remount,size=$(($(df -k --output=used "$thin" | tail -n 1) + $3))k" "$thin"
}

thin_ext4() { mkfs.ext4 -q -F -J size=4 -E lazy_itable_init=0,lazy_journal_init=0,nodiscard "$1"; }
thin_xfs() { mkfs.xfs -q -K "$1"; }
thin_btrfs() { mkfs.btrfs -q -K "$1"; }

@test "--fsync of a tree on an overlay tells of data that could not be written" {
	requires root loop overlay fs:ext4 fs:xfs reflink:btrfs
	for name in a b c d; do file_make tree/$name 4M; done
	for fs in ext4 xfs btrfs; do
		thin_disk $fs up.$fs 6000
		overlay_make "$BATS_TEST_TMPDIR/merged.$fs" tree/sub "$BATS_TEST_TMPDIR/up.$fs"
		ovl_cp -r -j1 --reflink=never --fsync tree merged.$fs/new
		assert_failure 1
		assert_output --partial ' to stable storage: '
	done
}

# flushes ARG...: prints each call of ARG... that writes data, without or with a flush of the disk.
flushes() {
	strace -f -y -o trace -e trace=fsync,fdatasync,syncfs,ioctl "$OVL_CP" "$@" || return
	sed -n -e "s#.*\b\([a-z]*sync[a-z]*\)([0-9]*<$BATS_TEST_TMPDIR/*\([^>]*\)>) *= 0#\1 \2#p" \
		-e "s#.*ioctl([0-9]*<$BATS_TEST_TMPDIR/*\([^>]*\)>, FS_IOC_FIEMAP.*#write \1#p" trace
}

@test "--fsync of a tree on an overlay writes the data of what is no clone, and flushes once" {
	requires root loop overlay reflink:xfs
	fs_make xfs "$BATS_TEST_TMPDIR/up"
	overlay_make "$BATS_TEST_TMPDIR/merged" tree/sub "$BATS_TEST_TMPDIR/up"
	for jobs in 1 2; do
		run flushes -r -j$jobs --fsync tree merged/new$jobs
		assert_equal "$(sed '$d' <<<"$output" | sort)" \
			"$(printf '%s\n' "write merged/new$jobs/a" "write merged/new$jobs/sub/b")"
		[[ $output == *$'\nsyncfs '* ]]
	done
	run flushes -r -j1 --fsync --reflink=always merged/new1 merged/clone
	assert_equal "$(cut -d ' ' -f 1 <<<"$output")" syncfs
}

@test "--fsync of a tree on an overlay flushes each file where its data cannot be written otherwise" {
	requires root loop overlay fs:ext4
	fs_make ext4 "$BATS_TEST_TMPDIR/up"
	overlay_make "$BATS_TEST_TMPDIR/merged" tree/sub "$BATS_TEST_TMPDIR/up"
	strace -y -o trace -e trace=fsync,ioctl -e inject=ioctl:error=EOPNOTSUPP \
		"$OVL_CP" -r -j1 --fsync tree merged/new
	assert_equal "$(grep -c '^fsync(.*/merged/new/' trace)" 2
}

@test "--fsync of a tree on FUSE writes each file, and each directory" {
	requires root bindfs
	mkdir back front
	bindfs back front
	run syncs -r -j1 --fsync tree front/new
	umount front
	for name in front/new/a front/new/sub/b front/new/sub front/new front; do
		assert_line "fsync $name"
	done
}
