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

# changed_meanwhile COMMAND...: root copies to the directory of another user, who runs COMMAND when
# the first file is there.
changed_meanwhile() {
	rm -rf his src/* && mkdir his
	for i in 1 2 3; do echo hidden >src/f$i; done
	chmod 640 src/f*
	chown 65534:65534 his
	strace -f -qq -o trace -e trace=utimensat -e inject=utimensat:delay_exit=1000000:when=1 \
		"$OVL_CP" -a src/. his 3>&- 2>said &
	job=$!
	until_true has_files his
	as_user "$@" his
	wait "$job" || fail "$(<said)"
	assert_equal "$(ls his)" $'f1\nf2\nf3'
}

has_files() { [ -n "$(ls "$1")" ]; }

@test "files of root's in another user's directory do not get the group that he gives it meanwhile" {
	changed_meanwhile chmod g+s
	assert_equal "$(stat -c '%u:%g %a' his/f? | uniq)" '0:0 640'
}

@test "files of root's in another user's directory do not get the list that he gives it meanwhile" {
	changed_meanwhile setfacl -d -m u:65534:rwx
	run getfacl -cps his/f?
	assert_output ''
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
