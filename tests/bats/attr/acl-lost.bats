#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Access control lists that cannot be kept: it is an error, and the copy has the mode of its source,
# or less: without the list the bits of the group are no mask, but what the group may do.

load ../../fixtures/common
load ../../fixtures/cp
load ../../fixtures/quirkfs

setup() {
	requires root setfacl
	cd "$BATS_TEST_TMPDIR" || return
	mkdir -p src/dir src/defaults to
	touch src/file src/secret src/suid
	chmod 664 src/file && chmod 600 src/secret
	setfacl -m u:1:rwx src/file src/dir
	setfacl -m u:1:rw src/secret
	setfacl -m u:1:rx src/suid && chmod 4755 src/suid
	setfacl -m d:u:1:rwx src/defaults
}

modes() {
	stat -c %a "$1"/{file,secret,dir,suid,defaults} | tr '\n' ' '
}

@test "on a filesystem without lists the modes are kept" {
	requires overlay # which needs permission to mount
	mount -t ramfs none to
	for how in -a -Rp '-R --preserve=mode'; do
		# shellcheck disable=SC2086 # words
		ovl_cp $how src to/new
		assert_failure 1
		assert_line --partial "preserving permissions for 'to/new/file': Operation not supported"
		assert_line --partial "'to/new/defaults'"
		assert_equal "$(modes to/new)" '664 600 755 4755 755 '
		rm -r to/new
	done
}

@test "a list of users who are not mapped leaves the modes, too" {
	requires userns
	chown -R 65534:65534 . && chmod 755 src to && chmod 4755 src/suid
	run as_user unshare -Ur "$OVL_CP" -a src to/new
	assert_failure 1
	assert_equal "$(modes to/new)" '664 600 755 4755 755 '
}

@test "a list that is stored and in force nowhere leaves the modes" {
	requires fusepy
	quirkfs_mount back mnt opaque-lists
	ovl_cp -a src mnt/new
	assert_success
	assert_equal "$(modes back/new)" '664 600 755 4755 755 '
	assert_equal "$(stat -c %a mnt/new/file)" 664
	getfattr --absolute-names -n system.posix_acl_access mnt/new/file
	umount mnt
}

@test "no copy permits its group more than the list does, before it has the list" {
	requires strace
	for how in -p -a --preserve=mode; do
		rm -f to/secret
		inject to/secret fsetxattr:error=EIO -- $how src/secret to/secret
		assert_failure 1
		assert_equal "$(stat -c %a to/secret)" 600
		run strace -o trace -e trace=openat,fchmod "$OVL_CP" $how src/secret to/other
		assert_success
		grep -q '"other".*O_EXCL.* 0600) ' trace
		assert_equal "$(stat -c %a to/other)" 660
		rm to/other
	done
}

@test "a list that the copy keeps is not put in force by the mode" {
	requires strace
	setfacl -m d:u:5:rwx to
	inject to/plain fsetxattr:error=EIO -- -p src/file to/plain
	assert_failure 1
	assert_equal "$(stat -c %a to/plain)" 604
	inject to/other fsetxattr:error=EIO -- --no-preserve=mode src/file to/other
	assert_failure 1
	assert_equal "$(stat -c %a to/other)" 604
}
