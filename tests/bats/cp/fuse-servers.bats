#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Filesystems in user space whose servers refuse some calls, or make up some answers.

load ../../fixtures/common
load ../../fixtures/quirkfs

setup() {
	requires root overlay fusepy
	cd "$BATS_TEST_TMPDIR" || return
	mkdir src
	echo data >src/file
}

@test "what can be opened for writing but not for both is written" {
	for error in EPERM EINVAL EACCES EOPNOTSUPP; do
		rm -rf back
		quirkfs_mount back mnt no-rdwr=$error
		echo older >back/old
		ovl_cp src/file mnt/new
		assert_success
		ovl_cp -p src/file mnt/old
		assert_success
		ovl_cp -a src mnt/tree
		assert_success
		umount mnt
		cat back/new back/old back/tree/file | diff - <(printf 'data\n%.0s' 1 2 3)
	done
}

@test "a file that a server left behind when it refused to open it is no other file" {
	quirkfs_mount back mnt no-rdwr=EINVAL create=ENOSYS
	for how in -n --backup --update=none; do
		ovl_cp $how src/file mnt/new$how
		assert_success
		assert_equal "$(<back/new$how)" data
		ovl_cp -n src/file mnt/new$how
	done
	assert_equal "$(find back -type f | wc -l)" 3
	umount mnt
}

@test "data beyond the size of a file is copied" {
	file_make long 200000
	for quirks in '' no-blocks; do
		rm -rf back
		# shellcheck disable=SC2086 # words
		quirkfs_mount back mnt short-size $quirks
		cp long back/a
		for to in new mnt/b; do
			for how in --sparse=auto --sparse=always --sparse=never; do
				rm -f "$to"
				ovl_cp $how mnt/a $to
				assert_success
				cmp long ${to/mnt/back}
			done
		done
		ovl_cp --fan-out mnt/a new new2 mnt/c
		assert_success
		cmp long new && cmp long new2 && cmp long back/c
		umount mnt
	done
}

@test "a link or a FIFO that was made is no error, whatever is read back" {
	ln -s /tmp/elsewhere src/link
	mkfifo src/pipe
	for quirk in changed-links two-links readlink=ENOSYS; do
		rm -rf back
		quirkfs_mount back mnt $quirk
		ovl_cp -a src mnt/new
		assert_success
		ovl_cp -s /proc/version mnt/s
		assert_success
		umount mnt
		assert_equal "$(readlink back/new/link)" /tmp/elsewhere
		assert_equal "$(stat -c %.0Y back/new/link)" "$(stat -c %.0Y src/link)"
		[ -p back/new/pipe ]
	done
}
