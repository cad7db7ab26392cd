#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# -a: everything about a tree is preserved.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

rich() {
	mkdir -p src/sub to
	echo x >src/sub/x
	ln src/sub/x src/hard
	ln -s sub/x src/soft
	ln -s nothing src/gone
	mkfifo -m 620 src/fifo
	echo exe >src/exe
	chmod 2750 src/sub
	[ "$(id -u)" != 0 ] || {
		chown -h 3:4 src/soft src/exe src/fifo
		chmod 4755 src/exe
		mknod -m 604 src/null c 1 3
	}
	touch -h -d '2001-02-03 04:05:06.123456789' src/*
	touch -d '2002-02-03 04:05:06.123456789' src/sub/x src/sub src
	chmod 777 . to
}

scene() { rich; }

setup() {
	lab_setup
	twin_times=1
}

@test "-a keeps all of a tree" { same_as_cp -a src new; }

@test "--archive and -dR --preserve=all are -a" {
	same_as_cp --archive src to
	rm -rf "$BATS_TEST_TMPDIR"/{cp,ovl}
	same_as_cp -dR --preserve=all src to
}

@test "-a as an ordinary user keeps what can be kept, and prints nothing" {
	scene() { rich && rm -f src/null && chmod 755 src/sub; }
	twin_as=as_user same_as_cp -a src to
}

@test "-a of a symbolic link keeps the link with its time and owner" {
	same_as_cp -a src/soft src/gone to
}

@test "-a merges with an existing tree" {
	scene() {
		mkdir -p src/a to/src/a
		seq 9 >src/a/x
		seq 3 >to/src/a/x
		touch -d @1 src/a
	}
	same_as_cp -a src to
}

@test "-a with a later -L follows links" {
	scene() { mkdir src to && echo x >src/x && touch -d @1 src/x && ln -s x src/soft; }
	same_as_cp -aL src to
}

@test "-a without ownership" { same_as_cp -a --no-preserve=ownership src to; }

@test "-a without mode" { same_as_cp -a --no-preserve=mode src to; }

@test "-an makes what is missing" {
	scene() { mkdir -p src to/src && touch -d @1 src/a src/b src && echo old >to/src/a; }
	same_as_cp -an src to
}

@test "-a to another filesystem" {
	requires overlay
	scene() { rich && chmod 755 to && mount -t tmpfs none to; }
	same_as_cp -a src to
}
