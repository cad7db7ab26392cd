#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# What another user changes between two system calls does not give him rights.

load ../../fixtures/common
load ../../fixtures/stopped

setup() {
	requires root strace
	cd "$BATS_TEST_TMPDIR" || return
	chmod 755 . # others must reach the directory of the destination
	mkdir -p src his
	chown 65534 his
}

@test "a source that is closed to others before it is opened makes no file that is open to them" {
	dynamic_only 'musl makes other system calls'
	echo public >src/f
	stopped -P src/f newfstatat when=1 src/f new
	chmod 600 src/f
	echo hidden >src/f
	goes_on
	assert_equal "$(<new) $(stat -c %a new)" 'hidden 600'
}

@test "a new device that is exchanged for another one of root's does not open that to others" {
	mknod -m 666 src/dev c 1 3
	mknod -m 600 his/mem c 1 1
	stopped -P dev mknodat when=1 -a src/dev his
	as_user mv his/dev his/away
	as_user mv his/mem his/dev
	if goes_on; then fail "exit status 0"; fi
	assert_equal "$(stat -c '%a %t:%T' his/dev)" '600 1:1'
}

@test "without the source's mode a new file is nothing for others until it is complete" {
	local mode
	echo x >src/f
	chmod 775 src/f
	mkdir listed
	setfacl -d -m u:65534:rwx listed
	for options in --no-preserve=mode '-p --no-preserve=mode'; do
		# shellcheck disable=SC2086 # words
		stopped -P f openat when=1 $options -T src/f listed/f
		mode=$(stat -c %a listed/f)
		run as_user test -r listed/f
		assert_failure
		goes_on
		assert_equal "$options $mode $(stat -c %a listed/f)" "$options 600 644"
		rm listed/f
	done
}

@test "a whole file that replaces one of another user is never his if the source is not" {
	echo hidden | tee src/f >his/f
	chmod 600 src/f
	chown 65534:65534 his/f
	chmod 666 his/f
	strace -qq -o trace -e trace=fchown,fchmod "$OVL_CP" -a --atomic src/f his/f
	assert_equal "$(stat -c '%u:%g %a' his/f)" '0:0 600'
	run ! grep -E '65534|0666' trace
}
