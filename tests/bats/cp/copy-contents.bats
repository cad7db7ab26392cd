#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# FIFOs and devices with and without --copy-contents.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	mkdir src
	mkfifo -m 640 src/fifo
	seq 30000 >data
}

@test "-R makes a FIFO of a FIFO" {
	ovl_cp -R src new
	assert_success
	assert_equal "$(stat -c %F:%a new/fifo)" fifo:640
}

@test "-R --copy-contents reads a FIFO" {
	feed data src/fifo
	ovl_cp -R --copy-contents src new
	assert_success
	cmp data new/fifo
	assert_equal "$(stat -c %F:%a new/fifo)" 'regular file:640'
}

@test "-a --copy-contents reads a FIFO" {
	feed data src/fifo
	ovl_cp -a --copy-contents src new
	assert_success
	cmp data new/fifo
}

@test "--copy-contents without -R reads a FIFO" {
	feed data src/fifo
	ovl_cp --copy-contents src/fifo new
	assert_success
	cmp data new
}

@test "-P without -R reads a FIFO" {
	feed data src/fifo
	ovl_cp -P src/fifo new
	assert_success
	cmp data new
}

@test "-R --copy-contents reads a device" {
	scene() { :; }
	same_as_cp -R --copy-contents /dev/null new
	assert_file_empty "$BATS_TEST_TMPDIR/ovl/new"
}

@test "-R --copy-contents keeps symbolic links" {
	scene() { mkdir src && echo x >src/x && ln -s x src/soft; }
	same_as_cp -R --copy-contents src new
}

@test "-R --copy-contents of a socket is refused" {
	requires python3
	scene() { python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("sock")'; }
	same_as_cp -R --copy-contents sock new
}

@test "-R --copy-contents writes a FIFO's contents into an existing file" {
	echo old and longer >file
	feed data src/fifo
	ovl_cp -R --copy-contents src/fifo file
	assert_success
	cmp data file
}

@test "a FIFO in the destination is replaced by a FIFO with -R" {
	scene() { mkfifo -m 600 a && mkfifo -m 644 b; }
	same_as_cp -R a b
}
