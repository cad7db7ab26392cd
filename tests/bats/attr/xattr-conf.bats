#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Extended attributes that are not copied: /etc/xattr.conf, and what holds without it.
# shellcheck disable=SC2317 # scene is called by the fixture

load ../../fixtures/common
load ../../fixtures/cp

setup() {
	requires root setfattr getfattr
	cd "$BATS_TEST_TMPDIR" || return
}

@test "attributes that /etc/xattr.conf excludes are skipped" {
	[ -r /etc/xattr.conf ] || skip 'no /etc/xattr.conf'
	scene() {
		echo x >x
		setfattr -n user.Beagle.x -v skipped x
		setfattr -n user.Beagled -v kept x
	}
	same_as_cp -a x new
	rm -rf "$BATS_TEST_TMPDIR"/{cp,ovl}
	same_as_cp --preserve=xattr x new
}

@test "without /etc/xattr.conf those that it excludes on most systems are skipped" {
	echo x >x
	setfattr -n user.Beagle.x -v skipped x
	setfattr -n trusted.SGI_CAP_FILE -v skipped x
	setfattr -n trusted.SGI_DMI_x -v skipped x
	setfattr -n trusted.SGI_CAP_FILES -v kept x
	setfattr -n user.Beagled -v kept x
	mount -t tmpfs none /etc
	ovl_cp -a x new
	umount /etc
	assert_success
	run getfattr -m- -d new
	assert_output --partial trusted.SGI_CAP_FILES=
	assert_output --partial user.Beagled=
	refute_output --partial skipped
}
