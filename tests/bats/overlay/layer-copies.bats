#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copies of files in a layer, made beside them on the host, can be used in the overlay.
# needs: images

load ../../fixtures/common

setup_file() {
	requires loop overlay fs:ext4 reflink:xfs setfattr || return 0
	fs_make ext4 "$BATS_FILE_TMPDIR/low"
	fs_make xfs "$BATS_FILE_TMPDIR/up"
}

setup() {
	lab_setup
	cd "$BATS_FILE_TMPDIR" || return
	rm -rf low/* up/*
	mkdir low/dir
	file_make low/dir/file 2000
	file_make low/other 2000
}

@test "a copy of a file that was copied up is no stale handle" {
	overlay_make merged low up index=on
	echo more >>merged/dir/file
	umount merged
	for how in -a -Rp '-R --preserve=all'; do
		rm -rf up/upper/beside up/upper/copy
		# shellcheck disable=SC2086 # words
		ovl_cp $how up/upper/dir up/upper/copy
		assert_success
		# shellcheck disable=SC2086
		ovl_cp $how up/upper/dir/file up/upper/beside
		assert_success
		mount -t overlay -o lowerdir=low,upperdir=up/upper,workdir=up/work overlay merged
		cmp merged/dir/file merged/beside
		cmp merged/dir/file merged/copy/file
		umount merged
	done
}

@test "attributes that belong to the contents are kept, those of the inode are not" {
	for space in trusted.overlay user.overlay user.fuseoverlayfs; do
		rm -rf up/a up/b
		mkdir up/a
		for name in opaque redirect origin nlink upper impure; do
			setfattr -n $space.$name -v x up/a
		done
		ovl_cp -a up/a up/b
		assert_success
		assert_equal "$(getfattr -d -m overlay up/b | sed -n 's/.*\.\([a-z]*\)=.*/\1/p' |
			sort | tr '\n' ' ')" 'impure opaque redirect '
	done
}

@test "a copy in a layer of fuse-overlayfs has an inode number of its own" {
	requires fuse-overlayfs
	mkdir -p up/{upper,work} merged
	fuse-overlayfs -o lowerdir=low,upperdir=up/upper,workdir=up/work merged
	echo more >>merged/other
	umount merged
	ovl_cp -a up/upper/other up/upper/copy
	assert_success
	fuse-overlayfs -o lowerdir=low,upperdir=up/upper,workdir=up/work merged
	cmp merged/other merged/copy
	assert_not_equal "$(stat -c %i merged/copy)" "$(stat -c %i merged/other)"
	umount merged
}
