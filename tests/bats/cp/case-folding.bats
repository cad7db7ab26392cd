#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Destinations where names that differ only in case are one name: what a copy has put there is not
# overwritten by another file of the same copy, nor written through if it is a symbolic link.
# needs: images

load ../../fixtures/common

setup_file() {
	requires root loop mkntfs lowntfs-3g mkfs.exfat mount.exfat-fuse || return 0
}

# folding KIND: mounts such a filesystem at m.
folding() {
	local loop
	truncate -s 40M "img.$1" && mkdir -p m
	case $1 in
	ntfs)
		mkntfs -q -F "img.$1" >/dev/null 2>&1
		lowntfs-3g -o ignore_case "img.$1" m
		;;
	exfat)
		mkfs.exfat "img.$1" >/dev/null
		loop=$(losetup -f --show "img.$1")
		mount.exfat-fuse "$loop" m >/dev/null
		losetup -d "$loop" # goes with the mount
		;;
	esac
}

setup() {
	lab_setup
	cd "$BATS_TEST_TMPDIR" || return
	mkdir -p s s/Dir s/dir
	echo first >s/File
	echo second >s/file
	echo 1 >s/Dir/x
	echo 2 >s/dir/x
}

@test "the second name of a tree is refused, and the first file stays" {
	local kind
	for kind in ntfs exfat; do
		folding "$kind"
		ovl_cp -r s m
		assert_failure 1
		assert_line --regexp "cannot create regular file 'm/s/[Ff]ile': File exists"
		assert_line --regexp "cannot create directory 'm/s/[Dd]ir': File exists"
		run bash -c 'find m/s -type f -exec cat {} + | sort'
		assert_output --regexp $'^[12]\n(first|second)$'
		umount m
	done
}

@test "likewise in a directory that existed" {
	local kind
	for kind in ntfs exfat; do
		folding "$kind"
		mkdir m/s
		ovl_cp -r s m
		assert_failure 1
		assert_line --regexp "cannot create regular file 'm/s/[Ff]ile': File exists"
		# what was there before the copy is overwritten, as with cp
		ovl_cp -r s/File m/s
		assert_success
		assert_equal "$(cat m/s/fILE)" first
		umount m
	done
}

@test "likewise at each of several destinations" {
	local kind
	for kind in ntfs exfat; do
		folding "$kind"
		mkdir -p m/existing/s
		ovl_cp -r --fan-out s m/new m/existing
		assert_failure 1
		for to in m/new m/existing/s; do
			assert_line --regexp "cannot create regular file '$to/[Ff]ile': File exists"
			assert_line --regexp "cannot create directory '$to/[Dd]ir': File exists"
		done
		umount m
	done
}

@test "several sources that are named: the second is refused, and the first stays" {
	local kind
	mkdir named
	mv s/file named
	for kind in ntfs exfat; do
		folding "$kind"
		ovl_cp s/File named/file m
		assert_failure 1
		assert_output "ovl-cp: will not overwrite just-created 'm/file' with 'named/file'"
		assert_equal "$(cat m/fILE)" first
		umount m
	done
	# where they are two files, one that existed is overwritten
	mkdir both
	echo old >both/file
	ovl_cp s/File named/file both
	assert_success
	assert_equal "$(cat both/File both/file)" $'first\nsecond'
}

@test "a link of the tree is not written through" {
	local how
	folding ntfs
	ln -s "$PWD/outside" s/A
	echo "by the tree" >s/a
	for how in -r -a; do
		rm -rf m/s
		echo precious >outside
		ovl_cp $how s m
		assert_failure 1
		assert_equal "$(<outside)" precious
	done
	mkdir m/existing
	ovl_cp -r s/. m/existing
	assert_failure 1
	assert_equal "$(<outside)" precious
}

@test "where two spellings are two names both are written" {
	requires bindfs
	mkdir -p back/s/Dir m && echo old | tee back/s/File back/s/file >back/s/FILE
	bindfs back m
	ovl_cp -r s m
	umount m
	assert_success
	assert_equal "$(cat back/s/File back/s/file back/s/FILE back/s/Dir/x back/s/dir/x | tr '\n' ' ')" \
		'first second old 1 2 '
}
