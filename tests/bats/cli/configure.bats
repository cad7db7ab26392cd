#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# What configure and make cannot do is an error, and not a line among hundreds.

load ../../fixtures/common

setup() {
	top=$(cd "${srcdir:-$BATS_TEST_DIRNAME/../../..}" && pwd)
	[ -x "$top/configure" ] || cannot_run "there is no $top/configure"
	cd "$BATS_TEST_TMPDIR" || return
}

# refuses ARG...: configure fails with these arguments before it looks at the system; prints why.
refuses() {
	run "$top/configure" "$@"
	assert_failure
	refute_output --partial 'checking for stdio.h'
	refute_output --partial 'source directory'
}

@test "configure refuses options that it does not know" {
	refuses --enable-bogus --with-rubbish
	assert_output --partial 'error: unrecognized options: --enable-bogus, --with-rubbish;'
}

@test "configure lets them pass with --disable-option-checking" {
	run "$top/configure" --disable-option-checking --enable-bogus CC=false
	assert_failure
	refute_output --partial bogus
	assert_output --regexp 'C compiler cannot create executables|source directory already configured'
}

@test "configure refuses values that --enable-static-program does not have, and -static for libtool" {
	requires compiler
	refuses --enable-static-program=maybe
	assert_output --partial 'error: --enable-static-program is yes or no'
	refuses LDFLAGS='-O1 -static'
	assert_output --partial 'error: LDFLAGS=-static makes no static program'
}

@test "configure refuses values that --enable-static-popt does not have" {
	requires compiler
	refuses --enable-static-popt=maybe
	assert_output --partial 'error: --enable-static-popt is yes, no or check'
}

# configure_apart ARG...: configure in a copy of the source that has no more than it needs, after which the
# build that is tested stays as it is; sets status, output.
configure_apart() {
	mkdir -p apart/lib
	cp -r "$top/configure" "$top/build-aux" apart
	cp "$top/lib/ovlcp.h" apart/lib
	(cd apart && ./configure -C "$@") >log 2>&1 && status=0 || status=$?
	output=$(<log)
}

@test "a library that is missing is an error that names its packages" {
	requires compiler pkg-config
	mkdir none
	configure_apart PKG_CONFIG_LIBDIR="$PWD/none"
	assert_failure
	assert_output --partial 'error: popt is missing: install libpopt-dev (Debian), popt-devel (Fedora) or popt-dev (Alpine). '
	configure_apart PKG_CONFIG=
	assert_failure
	assert_output --partial 'error: pkg-config is missing: install '
}

@test "configure refuses values that its options do not have" {
	requires compiler pkg-config
	for option in --with-seccomp=maybe --with-selinux=maybe --enable-werror=maybe --enable-hardening=maybe; do
		configure_apart "$option"
		assert_failure
		assert_output --partial "error: ${option%=*} is yes or no, not 'maybe'"
	done
	for option in --without-bash-completion-dir --with-systemd-system-unit-dir=some/where; do
		configure_apart "$option"
		assert_failure
		assert_output --partial 'takes the absolute path of a directory, not '
	done
}

@test "make uninstall removes all that make install has made, and the directories that are our own" {
	build=${top_builddir:-$top}
	[ -e "$build/Makefile" ] || cannot_run "needs a configured build: none in $build"
	make -s -C "$build" install DESTDIR="$BATS_TEST_TMPDIR/root" >log 2>&1
	find root -name '*.so' -o -name libovlcp.3 | grep -q . || fail 'nothing was installed'
	make -s -C "$build" uninstall DESTDIR="$BATS_TEST_TMPDIR/root" >log 2>&1
	assert_equal "$(find root ! -type d -o -name 'ovl-cp*')" ''
}

@test "make refuses -static for libtool" {
	build=${top_builddir:-$top}
	[ -e "$build/Makefile" ] || cannot_run "needs a configured build: none in $build"
	run make -s -C "$build" LDFLAGS='-O1 -static' no-static-flag
	assert_failure
	assert_output --partial 'LDFLAGS=-static makes no static program'
	run make -s -C "$build" LDFLAGS=-static-libgcc no-static-flag
	assert_success
}
