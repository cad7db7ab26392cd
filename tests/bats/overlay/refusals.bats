#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Sources that cannot be copied up: they are copied nevertheless, and are not changed.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay

setup_file() { stack_file ext4 xfs; }

teardown() {
	[ -z "${holder-}" ] || kill "$holder" || :
	lab_cleanup
}

# running OPTS: mounts the stack, and runs a program on its lower layer.
running() {
	cp -L "$(type -P sleep)" "$low/sleep"
	stack "$1"
	"$merged/sleep" 1000 3>&- &
	holder=$!
	until_true test "/proc/$holder/exe" -ef "$merged/sleep"
}

@test "a running program, where the copy-up has to open it for writing" {
	running metacopy=on
	falls_back "$merged/sleep" sleep 'it is a running program'
}

@test "a running program is copied up where it need not be opened" {
	running metacopy=off
	ovl_cp --reflink=always "$merged/sleep" "$merged/copy"
	assert_cloned sleep copy
	kill -0 "$holder"
}

@test "a program that has ended is copied up" {
	cp -L "$(type -P true)" "$low/true"
	stack
	"$merged/true"
	ovl_cp --reflink=always "$merged/true" "$merged/copy"
	assert_cloned true copy
}

@test "a file that the user may not write" {
	requires root setpriv
	file_make "$low/file" "$SIZE"
	stack
	into=$merged/own as_who=as_user
	mkdir "$into"
	chown 65534 "$into"
	falls_back "$merged/file" file 'without write permission'
	ovl_cp --reflink=always "$merged/file" "$merged/copy" # root may write it
	assert_cloned file copy
}

@test "a source on a read-only mount of the overlay" {
	mkdir "$low/dir" "$BATS_TEST_TMPDIR/ro"
	file_make "$low/dir/file" "$SIZE"
	stack
	mount --bind "$merged/dir" "$BATS_TEST_TMPDIR/ro"
	mount -o remount,bind,ro "$BATS_TEST_TMPDIR/ro"
	falls_back "$BATS_TEST_TMPDIR/ro/file" dir/file 'in a read-only overlay'
}

@test "an immutable file" {
	requires chattr
	file_make "$low/file" "$SIZE"
	chattr +i "$low/file"
	stack
	falls_back "$merged/file" file 'it is immutable (chattr +i)'
}

@test "an append-only file is copied up and cloned" {
	requires chattr
	file_make "$low/file" "$SIZE"
	chattr +a "$low/file"
	stack
	remember "$merged/file"
	ovl_cp "$merged/file" "$merged/copy"
	assert_cloned file copy
	assert_untouched "$merged/file"
	[[ $(lsattr "$merged/file") == *a*' '* ]] || fail 'no longer append-only'
}
