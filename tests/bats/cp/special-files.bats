#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# FIFOs, sockets and devices with -R and -a.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

scene() {
	mkdir src to
	mkfifo -m 604 src/fifo
	mkfifo -m 777 src/open
	bind src/sock
	[ "$(id -u)" != 0 ] || {
		mknod -m 640 src/null c 1 3
		mknod -m 604 src/loop b 7 200
		mknod -m 600 src/large c 300 70000
		chown 3:4 src/*
		chmod 754 src/fifo
	}
	touch -d '2001-02-03 04:05:06.7' src/*
	chmod 777 . to
}

bind() { python3 -c 'import socket, sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1])' "$1"; }

setup() {
	lab_setup
	requires python3
	twin_times=1
}

@test "-R makes special files anew" { same_as_cp -R src to; }

@test "-a keeps their attributes" { same_as_cp -a src to; }

@test "-R gives them their modes without the umask" {
	for mask in 000 022 077 0777; do
		chmod -R u+rwX "$BATS_TEST_TMPDIR"
		rm -rf "$BATS_TEST_TMPDIR"/{cp,ovl}
		masked() { (umask "$mask" && "$@"); }
		twin_as=masked same_as_cp -R src/. to
	done
}

@test "-a as an ordinary user makes FIFOs and sockets" {
	twin_as=as_user same_as_cp -a src/fifo src/open src/sock to
}

@test "-R as an ordinary user is refused devices" {
	requires root
	twin_as=as_user same_as_cp -R src/null src/fifo src/large to
}
