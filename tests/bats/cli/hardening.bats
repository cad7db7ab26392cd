#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The built programs have what configure says that they are hardened with.
# needs: dynamic

load ../../fixtures/common

setup() {
	requires readelf objdump
	makefile=${top_builddir:-$BATS_TEST_DIRNAME/../../..}/Makefile
}

# hardened FLAG: skips the test unless configure chose FLAG.
hardened() {
	grep -Eq "^HARDEN_[A-Z]+ =.*$1" "$makefile" || skip "configured without $1"
}

@test "the programs are loaded at random addresses" {
	grep -q '^HARDEN_CFLAGS = .' "$makefile" || skip 'configured without hardening'
	for program in "$OVL_CP" "$OVL_STAT"; do
		run readelf -h "$program"
		assert_line --regexp 'Type: +DYN'
	done
}

@test "the tables of functions are resolved at the start, and cannot be written then" {
	hardened -Wl,-z,now
	for program in "$OVL_CP" "$OVL_STAT"; do
		run readelf -ld "$program"
		assert_line --regexp 'GNU_RELRO'
		assert_line --regexp 'FLAGS.*NOW'
	done
}

@test "no stack can be executed" {
	hardened -Wl,-z,noexecstack
	run readelf -lW "$OVL_CP"
	assert_line --regexp 'GNU_STACK .* RW '
}

@test "a buffer that overflows its place on the stack ends the program" {
	hardened -fstack-protector-strong
	run readelf -sW --dyn-syms "$OVL_CP"
	assert_output --partial __stack_chk_fail
}

@test "functions of the C library check the size of what they write to" {
	hardened _FORTIFY_SOURCE=
	run readelf -sW --dyn-syms "$OVL_CP"
	assert_line --regexp '__(v|f|s|vf|vs)?n?printf_chk'
}

@test "indirect jumps land only where they may" {
	hardened -fcf-protection=full
	run bash -c 'objdump -d "$1" | grep -c endbr' _ "$OVL_CP"
	[ "$output" -gt 100 ]
}
