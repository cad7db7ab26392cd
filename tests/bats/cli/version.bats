#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# What --version tells, and the address of the home page.

load ../../fixtures/common

@test "--version names the libraries that are loaded, and says which are not there" {
	requires root ldconfig
	library=$(ldconfig -p | sed -n 's/.*libjansson\.so\.4 .* => //p' | head -n 1)
	[ -n "$library" ] || cannot_run 'libjansson cannot be found'
	ovl_cp --version
	[[ $output != *'linked in'* ]] || cannot_run 'nothing is loaded'
	assert_line --regexp '^  libjansson.so.4 +found +JSON$'
	mount --bind /dev/null "$library"
	ovl_cp --version
	umount "$library"
	assert_success
	assert_line --regexp '^  libjansson.so.4 +missing +JSON$'
	assert_line --regexp '^  libmount.so.1 +found '
}

@test "--version names what configure has decided" {
	[ -x "$OVL_RUN" ] && run=+ || run=-
	for program in "$OVL_CP" "$OVL_STAT"; do
		run "$program" --version
		assert_line --regexp "^Features: [+-]selinux [$run]seccomp [+-]preload [+-]static-program"
	done
}

@test "the home page is the same everywhere" {
	top=${srcdir:-$BATS_TEST_DIRNAME/../../..}
	url=$(sed -nE 's/^AC_INIT.*\[(https:[^]]+)\]\)$/\1/p' "$top/configure.ac")
	for program in "$OVL_CP" "$OVL_STAT" "$OVL_RUN"; do
		[ -x "$program" ] || continue # ovl-run may not be built
		for option in --help --version; do
			assert_equal "$("$program" $option | sed -n 's/^Home page: //p')" "<$url>"
		done
	done
	for name in debian/control packaging/rpm/ovl-cp.spec packaging/alpine/APKBUILD; do
		assert_equal "$(grep -oE 'https://[^" ]+' "$top/$name")" "$url"
	done
	for page in ovl-cp ovl-stat ovl-run; do
		grep -qxF ".Lk $url" "$top/man/$page.1" || fail "$page.1"
	done
}
