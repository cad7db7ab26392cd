#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# -u onto a filesystem whose timestamps have fewer digits: what was copied with its times is not
# older than its source; what is older by a digit that the filesystem has is.
# needs: images

load ../../fixtures/common
load ../../fixtures/quirkfs

setup() {
	requires overlay loop
	cd "$BATS_TEST_TMPDIR" || return
	mkdir -p src mnt
	for i in {1..4}; do
		echo "$i" >"src/$i"
		touch -d "2024-01-02 03:04:0$i.678901234" "src/$i"
	done
}

# updates: copies src to mnt several times. Only what has changed may be copied again.
updates() {
	ovl_cp -au src mnt
	assert_success
	ovl_cp -auv --backup=numbered src mnt
	assert_success
	assert_output ''
	ovl_cp -puv --fan-out src/1 mnt/src/1
	assert_output ''
	touch -d '2024-01-02 03:04:03.5' src/1 # by two seconds
	touch -d '2024-01-02 03:05:00' src/3
	ovl_cp -auv src mnt
	output=$(sort <<<"$output")
	assert_output "$(printf "'src/%s' -> 'mnt/src/%s'\n" 1 1 3 3)"
	# without -p a copy is newer than its source
	touch -d '2024-01-02 03:05:00.5' src/4
	touch -d '2024-01-02 03:05:00' mnt/src/4
	ovl_cp -uv src/4 mnt/src/4
	assert_output "'src/4' -> 'mnt/src/4'"
	assert_equal "$(find mnt/src -type f | wc -l)" 4
}

@test "whole seconds: ext4 with small inodes" {
	requires fs:ext4
	fs_make ext4 "$PWD/mnt" 16 '' -I 128
	updates
}

@test "whole seconds: a server in user space" {
	requires fusepy
	quirkfs_mount back mnt
	updates
}

@test "a hundred nanoseconds: NTFS" {
	requires ntfs-3g mkfs.ntfs
	truncate -s 16M image
	mkfs.ntfs -q -F -f image >/dev/null
	ntfs-3g image mnt
	updates
	umount mnt
}

@test "nanoseconds: what is older by one of them is copied" {
	ovl_cp -au src mnt
	touch -d '2024-01-02 03:04:02' mnt/src/2
	ovl_cp -auv src mnt
	assert_output "'src/2' -> 'mnt/src/2'"
}
