#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Under fakeroot, which remembers owners and types by inode number: that of a file which was removed
# without its knowledge may be in use again.
# shellcheck disable=SC2016 # expanded by other shells
# needs: dynamic

load ../../fixtures/common

export ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}verify_asan_link_order=0

# ext4 reuses the inode number of a removed file for the next one.
setup() {
	requires root fs:ext4 fakeroot
	lab_setup
	fs_make ext4 lab 32
	cd lab || return
}

# copy_over SOURCE: the copy gets the inode number of a file that fakeroot still remembers.
copy_over() {
	echo x >removed
	run fakeroot sh -ec 'chown 12:34 removed; LD_PRELOAD= rm removed; "$1" -a "$2" copy' \
		sh "${OVL_CP:?}" "$1"
	assert_success
	assert_output ''
}

@test "a symbolic link that gets the number of a file is one" {
	ln -s nowhere source
	copy_over source
	assert_equal "$(readlink copy)" nowhere
}

@test "a directory that gets the number of a file is filled" {
	mkdir source
	echo data >source/f
	ln -s f source/l
	copy_over source
	diff -r source copy
}

@test "what a backup replaces is forgotten, its owner too" {
	echo 1 >a
	echo old >b~
	echo 2 >b
	run fakeroot sh -ec '
		chown 12:34 b~
		"$1" -b a b
		stat -c %u:%g b
	' sh "${OVL_CP:?}"
	assert_success
	assert_output 0:0
}

@test "a tree of devices, which are files for the kernel" {
	requires root fakeroot
	run fakeroot sh -ec '
		mkdir -p tree/d
		echo data >tree/f
		mknod tree/null c 1 3
		mknod tree/d/sda b 8 0
		mkfifo tree/p
		chown 3:4 tree/* tree/d/sda
		cp -a tree cp
		"$1" -a tree ovl-cp
		for copy in cp ovl-cp; do (cd $copy && ls -lnR) >$copy.ls; done
	' sh "${OVL_CP:?}"
	assert_success
	assert_equal "$(grep -c '^[cb].*3 4' cp.ls)" 2
	diff cp.ls ovl-cp.ls
}
