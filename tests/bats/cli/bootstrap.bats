#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# What ./bootstrap says where it cannot install anything, and of its options.

load ../../fixtures/common

setup() {
	lab_setup
	source_top=$BATS_TEST_DIRNAME/../../..
	cd "$BATS_TEST_TMPDIR" || return
	cp "$source_top/bootstrap" .
}

# bare TOOL...: a system with these commands alone, and no manager of packages that we know.
bare() {
	local tool
	mkdir -p bin
	for tool in sh dirname mktemp rm nproc cat sed "$@"; do
		ln -sf "$(type -P "$tool")" bin
	done
	PATH=$PWD/bin run ./bootstrap build
}

@test "where it cannot install it names each package of the task, and no others" {
	bare
	assert_failure 1
	assert_line --partial 'neither apt-get, dnf nor apk'
	table=$(sed -n '/^packages()/,/^}/p' bootstrap)
	assert_equal "$(grep -c '^    [a-z]' <<<"$output")" "$(grep -c $'^\t\tbuild ' <<<"$table")"
	while IFS=$' \t|' read -r _ apt dnf apk; do
		assert_line --regexp "^ +$apt +$dnf +$apk\$"
	done < <(grep $'^\t\tbuild ' <<<"$table")
	refute_line --partial bats
}

@test "each library that configure asks for is a package of the table" {
	requires pkg-config
	bare
	modules=$(sed -nE 's/^ *\[?(PKG_CHECK_MODULES|OVL_NEED_MODULE)\(\[[A-Z]+\], \[([a-z]+)\].*/\2/p' "$source_top/configure.ac")
	assert [ "$(wc -l <<<"$modules")" -ge 8 ]
	for module in $modules uthash xxhash; do
		[ "$module" != cmocka ] || continue # for the tests
		assert_line --regexp "^ +(lib)?${module#lib}[0-9]*-dev "
	done
}

@test "the first tool that is missing is named" {
	bare
	assert_line 'bootstrap: make is missing'
	bare make
	assert_line 'bootstrap: autoreconf is missing'
}

@test "--jobs is the number of processes of make" {
	mkdir bin
	printf '#!/bin/sh\necho "$*" >>calls\n' | tee bin/make bin/autoreconf >bin/pkg-config
	: >configure
	: >Makefile
	chmod +x bin/*
	for tool in sh dirname mktemp rm nproc cat sed date find tail printf; do
		ln -s "$(type -P "$tool")" bin
	done
	PATH=$PWD/bin run ./bootstrap --jobs 3 build
	assert_success
	PATH=$PWD/bin run ./bootstrap --jobs=5 build
	assert_equal "$(<calls)" "-j3 V=0"$'\n'"-j5 V=0"
}

@test "--jobs without a number is a mistake in the command line" {
	for jobs in '' 0 -1 two; do
		run ./bootstrap --jobs "$jobs" build
		assert_failure 2
		assert_output --partial "not '$jobs'"
	done
	run ./bootstrap --jobs
	assert_failure 2
}
