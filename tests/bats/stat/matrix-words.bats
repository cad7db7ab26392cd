#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --matrix names neither the files that it tries, nor options that the user has not given.
# shellcheck disable=SC2030,SC2031,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay
load ../../fixtures/stat

setup_file() { stack_file ext4 xfs; }

# matrix ARG...: shows the matrix, and asserts that its words are those for a user.
matrix() {
	ovl_stat --matrix "$@"
	assert_success
	refute_output --partial .ovl-stat
	refute_output --regexp '--(no-layer-bypass|copy-up=|reflink)'
}

@test "out of an overlay, for a big and a small file" {
	file_make "$low/big" "$SIZE"
	file_make "$low/small" 20000
	stack
	mkdir "$up/out"
	for name in big small; do
		matrix "$merged/$name" "$up/out"
		assert_line --regexp '^  without a copy-up +no '
		matrix "$low/$name" "$merged"
	done
	for name in big small; do matrix "$merged/$name" "$low"; done
}

@test "into a directory where no file can be created" {
	file_make "$low/big" "$SIZE"
	mkdir "$low/ro"
	stack
	mount --bind "$low/ro" "$low/ro" && mount -o remount,ro,bind "$low/ro"
	matrix "$low/big" "$low/ro"
	assert_output --partial 'no file can be created in the directory: Read-only file system'
	for way in 'after a copy-up' 'from its layer' 'from a donor' 'copy_file_range'; do
		assert_line --regexp "^  $way +no +for the same reason"
	done
	umount "$low/ro"
	chmod 755 "$merged"
	mkdir -m 777 "$merged/open" && mkdir -m 755 "$merged/closed"
	run as_user "$OVL_STAT" --matrix "$merged/big" "$merged/open"
	refute_output --partial .ovl-stat
	run as_user "$OVL_STAT" --matrix "$merged/big" "$merged/closed"
	refute_output --partial .ovl-stat
	assert_output --partial 'no file can be created in the directory: Permission denied'
}
