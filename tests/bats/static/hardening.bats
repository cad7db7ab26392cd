#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# What SECURITY.md says about the memory of the static programs.

load ../../fixtures/common
load ../../fixtures/static

setup() {
	requires readelf
	static_setup
	dir=$(static_dir) || cannot_run 'no static programs: "./bootstrap static" builds them, with musl-gcc'
	cd "$BATS_TEST_TMPDIR" || return
}

# segments PROGRAM: prints flags and size in the file of each segment that is loaded.
segments() { readelf -lW "$1" | sed -nE 's/^ +LOAD( +[^ ]+){3} +(0x[^ ]+) +[^ ]+ (...) .*/\3 \2/p'; }

@test "they are loaded at fixed addresses" {
	for program in cp stat run; do
		run readelf -hW "$dir/ovl-$program"
		assert_line --regexp '^ +Type: +EXEC '
	done
}

@test "their tables are in memory that cannot be written, from the first instruction on" {
	for program in cp stat run; do
		segments "$dir/ovl-$program" >list
		assert_equal "$(cut -c 1-3 list | sort -u | tr '\n' ',')" 'R  ,R E,RW ,'
		# libc and libseccomp have some; the programs' own are more than 30 KB
		assert [ $(($(sed -n 's/^RW  //p' list))) -lt 8192 ]
	done
}

@test "no stack of theirs can be executed" {
	for program in cp stat run; do
		run readelf -lW "$dir/ovl-$program"
		assert_line --regexp 'GNU_STACK .* RW '
	done
}
