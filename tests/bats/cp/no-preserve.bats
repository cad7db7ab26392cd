#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --no-preserve: attributes that are not preserved.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

scene() {
	umask 022
	mkdir src to
	echo x >src/x
	ln src/x src/y
	chmod 4751 src/x
	chmod 2771 src
	[ "$(id -u)" != 0 ] || chown 3:4 src src/x
	chmod 6751 src/x
	touch -d '2001-02-03 04:05:06.7' src/x src
	ln -s x src/soft
	echo old >to/x
	chmod 606 to/x
}

setup() {
	lab_setup
	twin_times=1
}

@test "--no-preserve=WORD takes the word from -a" {
	for word in mode ownership timestamps links context xattr all; do
		rm -rf "$BATS_TEST_TMPDIR"/{cp,ovl}
		same_as_cp -a "--no-preserve=$word" src to
	done
}

@test "--no-preserve=WORD takes the word from -p" {
	for word in mode ownership timestamps mode,ownership timestamps,mode; do
		rm -rf "$BATS_TEST_TMPDIR"/{cp,ovl}
		same_as_cp -p "--no-preserve=$word" src/x to
	done
}

@test "the last of --preserve and --no-preserve wins for each word" {
	same_as_cp --no-preserve=timestamps -p src/x to
	rm -rf "$BATS_TEST_TMPDIR"/{cp,ovl}
	same_as_cp -p --no-preserve=mode,timestamps --preserve=timestamps src/x to
}

@test "--no-preserve=mode makes a new file by the umask alone" {
	for mask in 000 022 077; do
		rm -rf "$BATS_TEST_TMPDIR"/{cp,ovl}
		masked() { (umask "$mask" && "$@"); }
		twin_as=masked same_as_cp --no-preserve=mode src/x new
	done
}

@test "--no-preserve=mode leaves the mode of an existing file alone" {
	same_as_cp --no-preserve=mode src/x to
}

@test "--no-preserve=mode after -p makes a new file by the umask alone" {
	same_as_cp -p --no-preserve=mode src/x new
}

@test "--no-preserve=mode makes a FIFO by the umask alone" {
	scene() { mkfifo -m 600 src; }
	same_as_cp -R --no-preserve=mode src new
}

@test "--no-preserve needs a value" { same_as_cp src/x new --no-preserve; }

@test "--no-preserve=WORD alone changes nothing else" {
	same_as_cp --no-preserve=timestamps,ownership,links src/x new
}
