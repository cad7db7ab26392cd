#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Symbolic links in the destination tree that another user owns are not written through.

load ../../fixtures/common

setup() {
	requires root
	cd "$BATS_TEST_TMPDIR" || return
	mkdir -p src dst outside
	echo new >src/file
	echo precious >outside/file
}

@test "a link of another user to a file is not written through, the rest is copied" {
	ln -s "$PWD/outside/file" dst/file && chown -h 65534 dst/file
	echo other >src/other
	ovl_cp -R src/. dst
	assert_failure 1
	assert_output "ovl-cp: not writing through symlink 'dst/./file', which another user owns"
	assert_equal "$(<outside/file)" precious
	assert_equal "$(<dst/other)" other
}

@test "a dangling link of another user is not written through, even with POSIXLY_CORRECT" {
	ln -s "$PWD/outside/new" dst/file && chown -h 65534 dst/file
	POSIXLY_CORRECT=1 ovl_cp -R src/. dst
	assert_failure 1
	assert_not_exists outside/new
}

@test "it is replaced where destinations are removed" {
	ln -s "$PWD/outside/file" dst/file && chown -h 65534 dst/file
	ovl_cp -R --remove-destination src/. dst
	assert_success
	assert_equal "$(<dst/file)" new
	assert_equal "$(<outside/file)" precious
}

@test "a link that root owns is written through, as with cp" {
	ln -s "$PWD/outside/file" dst/file
	ovl_cp -R src/. dst
	assert_success
	assert_equal "$(<outside/file)" new
}
