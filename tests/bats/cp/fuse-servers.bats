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
		cmp long new
		cmp long new2
		cmp long back/c
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

@test "a hard link is the same file where each name has a number of its own" {
	quirkfs_mount back mnt
	file_make mnt/a 200000
	ln mnt/a mnt/b
	[ "$(stat -c %i mnt/a)" != "$(stat -c %i mnt/b)" ] || fail 'the names have one number'
	for how in '' -f --fan-out --sparse=always; do
		# shellcheck disable=SC2086 # a word or none
		ovl_cp $how mnt/a mnt/b
		assert_failure 1
		assert_output --partial 'are the same file'
		assert_equal "$(stat -c %s back/a)" 200000
	done
	umount mnt
}

@test "files with several links and one size are no hard links if their data differs" {
	quirkfs_mount back mnt two-links
	echo one >mnt/a
	echo two >mnt/b
	touch -d @1000000000 mnt/a mnt/b
	ovl_cp mnt/a mnt/b
	assert_success
	assert_equal "$(<back/b)" one
	umount mnt
}

@test "attributes of a file that is replaced and cannot be read are told of that file" {
	quirkfs_mount back mnt listxattr=EINVAL
	echo old >back/old
	ovl_cp --atomic --report=report src/file mnt/old
	assert_success
	assert_output --partial "getting attributes of 'mnt/old': Invalid argument"
	refute_output --partial "'src/file'"
	assert_equal "$(grep -c '"status":"copied","source":{"path":"src/file"}' report)" 1
	assert_equal "$(grep -c '"status":{"copied":1,' report)" 1
	umount mnt
}

@test "a temporary name that cannot be removed is told" {
	# libfuse renames an open file that is removed
	quirkfs_mount back mnt rename=EIO
	echo old >back/old
	for name in old new; do
		ovl_cp --atomic src/file mnt/$name
		assert_output --partial "cannot remove 'mnt/.ovl-cp."
		assert_output --partial "': Input/output error"
	done
	assert_equal "$(cat back/old back/new)" $'old\ndata'
	umount mnt
}

@test "files of a tree that cannot be closed without an error are removed" {
	quirkfs_mount back mnt flush=EIO
	mkdir src/dir
	for i in 1 2 3 4; do echo $i >src/dir/$i; done
	for option in -R -a -aj4; do
		ovl_cp $option src/dir mnt/copy$option
		assert_failure 1
		assert_line "ovl-cp: failed to close 'mnt/copy$option/4': Input/output error"
		assert_equal "$(ls back/copy$option)" ''
	done
	umount mnt
}

@test "a file is not emptied by its view of a second ago" {
	requires bindfs
	mkdir -p real view
	bindfs real view
	for change in 'touch real/a' 'echo more >>real/a'; do
		file_make real/a 200000
		stat view/a
		eval "$change"
		cp real/a ref
		ovl_cp view/a real/a
		assert_failure 1
		assert_output --partial 'are the same file'
		cmp real/a ref
		until_true same_size view/a real/a
	done
	umount view
}

@test "nor is it by its view in the current directory" {
	requires bindfs
	mkdir -p real view
	bindfs real view
	file_make real/a 200000
	stat view/a
	echo more >>real/a
	# a dry run does not try to create it, by which the kernel would ask the server
	run env -C view "$OVL_CP" --explain ../real/a a
	umount view
	assert_failure 1
	assert_output --partial 'are the same file'
}

same_size() { [ "$(stat -c %s "$1")" = "$(stat -c %s "$2")" ]; }
