#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# This project itself: autotools call cp, also when they make a release.
# needs: time

load ../../fixtures/common
load ../../fixtures/real

setup() {
	lab_setup
	requires make compiler getfattr
	build=$(cd "${top_builddir:-$BATS_TEST_DIRNAME/../../..}" && pwd)
	[ -e "$build/Makefile" ] || cannot_run "needs a configured build: none in $build"
}

# release DIR: creates the files of a release, with their times.
release() {
	make -C "$build" distdir distdir="$PWD/$1"
}

distribute() { release made/source && cp -a made/source made/copy; }

install_copy() {
	release source && cp -a source copy && cd copy &&
		./configure --prefix=/usr --disable-dependency-tracking CFLAGS='-g -O1' &&
		make -j2 all && make install DESTDIR="${PWD%/*}/made"
}

generate() {
	release source && cp -R -- source made/copy && cd made/copy &&
		AUTOMAKE='automake --copy' autoreconf -fi && rm -r autom4te.cache
}

@test "automake collects the same files for a release" { made_alike distribute; }

@test "a copy of the release builds and installs the same files" {
	made_alike install_copy
}

@test "autoreconf generates the same files in a copy of the release" {
	requires autoreconf libtoolize
	made_alike generate
}
