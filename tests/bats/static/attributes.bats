#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The static programs in a root directory without libacl, libattr and /etc/xattr.conf.
# needs: images

load ../../fixtures/common
load ../../fixtures/static

setup_file() {
	requires root loop overlay fs:ext4 reflink:xfs readelf setfacl setfattr || return 0
	static_root
}

setup() {
	static_setup
	cd "$BATS_FILE_TMPDIR/root" || return
}

@test "access control lists and attributes are kept" {
	setfattr -n user.a -v b file
	setfacl -m u:65534:r file
	in_root ovl-cp -a file kept
	assert_success
	assert_output ''
	assert_equal "$(getfacl -cp kept)" "$(getfacl -cp file)"
	assert_equal "$(getfattr --only-values -n user.a kept)" b
}

@test "a list of xfs does not travel as an attribute, too" {
	mkdir tmpfs
	mount -t tmpfs none tmpfs
	setfacl -m u:65534:r file
	run getfattr -dm- file
	assert_output --partial trusted.SGI_ACL_FILE
	in_root ovl-cp -a file tmpfs
	assert_success
	run getfattr -dm- tmpfs/file
	umount tmpfs
	assert_output --partial system.posix_acl_access
	refute_output --partial SGI_ACL
}

@test "a default list of a directory is kept" {
	mkdir -p dir
	setfacl -m d:u:65534:rw dir
	in_root ovl-cp -a -T dir newdir
	assert_success
	assert_equal "$(getfacl -cp newdir)" "$(getfacl -cp dir)"
}
