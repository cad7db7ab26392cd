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
	ovl_cp --atomic -p src old
	assert_success
	assert_equal "$(stat -c '%a %Y' old)" "$(stat -c '%a %Y' src)"
}

@test "--atomic leaves the old file to its other hard links" {
	ln old other
	ovl_cp --atomic src old
	assert_equal "$(cat old other)" "$(printf '%s\n' new old)"
}

@test "--atomic replaces the file that a symbolic link leads to" {
	mkdir dir
	mv old dir
	ln -s dir/old link
	ovl_cp --atomic src link
	assert_success
	assert_equal "$(readlink link) $(cat dir/old)" 'dir/old new'
	assert_equal "$(stat -c %a dir/old)" 640
}

@test "--atomic --remove-destination replaces the symbolic link itself, by one rename" {
	requires strace
	ln -s old link
	strace -f -o trace -e trace=unlinkat,renameat "$OVL_CP" --atomic --remove-destination src link
	assert_equal "$(cat link old)" "$(printf '%s\n' new old)"
	[ ! -L link ]
	assert_equal "$(grep -c 'unlinkat(' trace)" 0
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
