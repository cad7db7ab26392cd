#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Symbolic links that lead to where the caller may not look.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

setup() { requires root; }

scene() {
	mkdir -m 700 closed
	mkdir to
	echo secret >closed/f
	ln -s closed/f link
	mkfifo pipe to/pipe
	echo old >to/file
	ln to/file to/name
	ln -s ../closed/f to/closed
	chown -hR 65534:65534 link pipe to .
	chown 0 closed
}

# onto SOURCE DEST...: with each option that copies links as links.
onto() {
	local how to source=$1
	shift
	twin_as=as_user
	for how in -a -d -P '-d --remove-destination' -ab -au; do
		for to; do
			rm -rf "$BATS_TEST_TMPDIR"/{cp,ovl}
			# shellcheck disable=SC2086 # words
			same_as_cp $how -T "$source" "to/$to"
		done
	done
}

@test "such a link replaces a file, one of several names, a FIFO and a link" {
	onto link new file name pipe closed
}

@test "such a link is replaced by a link" {
	scene() {
		mkdir -m 700 closed && mkdir to
		ln -s no a
		ln -s ../closed/f to/closed
		chown -hR 65534 a to .
		chown 0 closed
	}
	onto a closed
}

@test "such a link is replaced by a FIFO" {
	twin_as=as_user
	for how in -a -ab -R; do
		rm -rf "$BATS_TEST_TMPDIR"/{cp,ovl}
		same_as_cp $how pipe -T to/closed
	done
}

@test "a tree with such links is copied onto one with other files" {
	scene() {
		mkdir -m 700 closed && mkdir from to
		for name in a b c; do ln -s ../closed/f from/$name; done
		echo old >to/a
		ln -s ../closed/g to/b
		chown -hR 65534:65534 from to .
		chown 0 closed
	}
	twin_as=as_user same_as_cp -a from/. to
}

@test "such a link copied onto itself is the same file" {
	for how in '-a link link' '-abf link link' '-d --remove-destination link ./link'; do
		rm -rf "$BATS_TEST_TMPDIR"/{cp,ovl}
		# shellcheck disable=SC2086 # words
		twin_as=as_user same_as_cp $how
	done
}
