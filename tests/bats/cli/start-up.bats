#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# A call pays only for what it uses: which files a plain copy opens.
# needs: images

load ../../fixtures/common

setup_file() {
	requires loop overlay reflink:xfs strace || return 0
	fs_make xfs "$BATS_FILE_TMPDIR/up"
	mkdir "$BATS_FILE_TMPDIR/low"
	overlay_make "$BATS_FILE_TMPDIR/overlay" "$BATS_FILE_TMPDIR/low" "$BATS_FILE_TMPDIR/up"
}

teardown_file() { lab_cleanup; }

setup() {
	requires strace
	cd "$BATS_TEST_TMPDIR" || return
	echo text >src
}

# opened ARG...: prints the files that a call opens, one per line. The call must succeed.
opened() {
	LC_ALL=C.UTF-8 strace -f -qq -o trace -e trace=open,openat,openat2 "$OVL_CP" "$@" >/dev/null
	sed -n 's/^[^"]*"\([^"]*\)".*) = [0-9].*/\1/p' trace
}

# The libraries that the program is linked with, and those of sanitizers.
linked='lib(c|popt|dl|pthread|rt|m|asan|ubsan|gcc_s|stdc\+\+)[.-]|/ld-'

# libraries ARG...: prints the other libraries that a call opens.
libraries() {
	opened "$@" | grep -E '\.so(\.|$)' | grep -Ev "$linked|/ld\.so\." || :
}

# assert_plain ARG...: the call must open nothing that a plain copy does not need.
assert_plain() {
	assert_equal "$(libraries "$@")" ''
	rm dst
	opened "$@" >names
	assert_equal "$(grep -cE '(^|/)src$' names)" 1
	run grep -E 'mountinfo|/mounts$|/filesystems$|/locale|/gconv|/selinux|/etc/(passwd|group|nsswitch)' names
	assert_failure 1
}

@test "a plain copy loads no library and reads no table of mounts" {
	assert_plain src dst
}

@test "a clone on an overlay does neither" {
	lab_setup
	cd "$BATS_FILE_TMPDIR/overlay"
	head -c 1M /dev/urandom >src
	assert_plain src dst
}

@test "what attributes and JSON need is loaded when it is used" {
	dynamic_only 'it loads nothing'
	requires setfacl
	run libraries -p src dst
	assert_output ''
	setfacl -m u:65534:r src || cannot_run 'no access control lists here'
	run libraries -p src dst
	assert_output --partial /libacl.so
	run libraries --report=- src dst
	assert_output --partial /libjansson.so
}

@test "the table of mounts is read where the question is why" {
	lab_setup
	cd "$BATS_FILE_TMPDIR/overlay"
	echo text >"$BATS_TEST_TMPDIR/text"
	run opened --explain src "$BATS_TEST_TMPDIR/dst"
	assert_output --partial mountinfo
}
