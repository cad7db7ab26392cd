#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Attributes of the source that cannot be listed or read: the message names the source.

load ../../fixtures/common
load ../../fixtures/cp
load ../../fixtures/quirkfs

setup() {
	requires root setfattr strace
	cd "$BATS_TEST_TMPDIR" || return
	echo x >src
	setfattr -n user.a -v b src
}

@test "attributes that cannot be listed or read are an error of the source" {
	for call in flistxattr fgetxattr; do
		rm -f new
		inject src "$call:error=EIO" -- --preserve=xattr src new
		assert_failure 1
		assert_output --partial "getting attributes of 'src': Input/output error"
		refute_output --partial "'new'"
		assert_equal "$(<new)" x
	done
}

@test "for -a they are none, but a list that may be lost is" {
	inject src fgetxattr:error=EIO -- -a src new
	assert_success
	rm new
	inject src flistxattr:error=EIO -- -a src new
	assert_failure 1
	assert_output --partial "getting attributes of 'src'"
}

@test "attributes that cannot be set are an error of the destination" {
	inject new fsetxattr:error=EIO -- --preserve=xattr src new
	assert_failure 1
	assert_output --partial "setting attributes for 'new': Input/output error"
}

@test "more names than a first call has room for are all copied" {
	for i in {1..40}; do
		setfattr -n "user.a_long_name_of_an_attribute_$i" -v "$i" src
	done
	ovl_cp -a src new
	assert_success
	assert_equal "$(getfattr -d new | tail -n +2)" "$(getfattr -d src | tail -n +2)"
	strace -f -o trace -e trace=flistxattr "$OVL_CP" -p src other
	assert_equal "$(calls flistxattr)" 3
}
