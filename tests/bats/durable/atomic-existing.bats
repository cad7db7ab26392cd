#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --atomic: what survives of the file that is replaced.

load ../../fixtures/common
load ../../fixtures/cp

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	echo new >src
	echo old >old
	chmod 640 old
	touch -d @1 old
}

@test "--atomic keeps mode, owner, list and attributes of the file that it replaces" {
	requires root setfacl setfattr
	chown 1:2 old
	setfacl -m u:3:r old
	setfattr -n user.key -v value old
	local before
	before=$(stat -c '%a %u %g' old; getfacl -c old; getfattr -d old)
	ovl_cp --atomic src old
	assert_success
	assert_equal "$(cat old)" new
	assert_equal "$(stat -c '%a %u %g' old; getfacl -c old; getfattr -d old)" "$before"
}

@test "--atomic -p gives it those of the source" {
	chmod 604 src
	[ "$(id -u)" != 0 ] || chown 1:2 old
	ovl_cp --atomic -p src old
	assert_equal "$(stat -c '%a %Y %u %g' old)" "$(stat -c '%a %Y %u %g' src)"
}

@test "--atomic gives new data neither the capabilities of the old, nor its set-id bits to a user" {
	requires root setcap getcap
	setcap cap_net_raw+ep old
	ovl_cp --atomic src old
	assert_equal "$(getcap old)" ''
	chmod 777 . && chown 65534 old && chmod 4755 old
	run as_user "$OVL_CP" --atomic src old
	assert_equal "$status $(stat -c %a old)" '0 755'
}

@test "--atomic does not replace a file that may not be written, but with -f" {
	chmod 777 .
	as_user cp src theirs
	as_user chmod 444 theirs
	run as_user "$OVL_CP" --atomic src theirs
	assert_failure 1
	assert_output --partial "cannot create regular file 'theirs': Permission denied"
	run as_user "$OVL_CP" --atomic -f src theirs
	assert_success
}

@test "--atomic replaces a program that is running" {
	cp "$(command -v sleep)" program
	./program 1000 3>&- &
	local pid=$!
	until_true cmp -s "/proc/$pid/exe" program
	ovl_cp --atomic src program
	kill $pid
	cmp src program
}

@test "--atomic does not replace a mount point" {
	requires root
	echo beneath >mounted
	mount --bind old mounted
	ovl_cp --atomic src mounted
	umount mounted
	assert_failure 1
	assert_output "ovl-cp: cannot create regular file 'mounted': Device or resource busy"
	assert_equal "$(<mounted) $(<old)" 'beneath old'
	assert_equal "$(echo .[!.]* *)" '.[!.]* mounted old src'
}
