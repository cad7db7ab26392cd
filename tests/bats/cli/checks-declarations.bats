#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# build-aux/check-declarations on small trees: what it must refuse, and what it must let pass.

load ../../fixtures/common
load ../../fixtures/checks

# a.c exports a function and a table, the command uses them
setup() {
	requires nm
	add lib/low/a.h 'int a(int (*f)(void));' 'extern const int a_table[2];' \
		'static inline int a_twice(void) { return 2; }'
	build lib/low/a.c '#include "low/a.h"' 'const int a_table[2] = { 1, 2 };' \
		'static int own(void)' '{' 'return 1;' '}' \
		'__attribute__((noinline)) int a(int (*f)(void))' '{' 'return f ? f() : own();' '}'
	build cmd/main.c '#include "low/a.h"' 'int main(void) { return a(0) + a_table[1]; }'
}

@test "a header that declares what its source defines, all of it used, passes" {
	passes declarations
}

@test "a header must not declare a function or an object of another source" {
	add lib/low/b.h 'struct x;' '' 'int' 'b(struct x *x);' 'extern int b_count;'
	build lib/low/c.c '#include "low/b.h"' 'int b_count;' 'int b(struct x *x) { return !x; }'
	build cmd/main.c '#include "low/a.h"' '#include "low/b.h"' \
		'int main(void) { return a(0) + a_table[1] + b(0) + b_count; }'
	finds declarations 'lib/low/b.h:3: b is defined in lib/low/c.c, not in lib/low/b.c' \
		'lib/low/b.h:5: b_count is defined in lib/low/c.c, not in lib/low/b.c'
}

@test "a header must not declare what is defined nowhere" {
	add lib/low/a.h 'int a(int (*f)(void));' 'extern const int a_table[2];' 'void gone(void);'
	finds declarations 'lib/low/a.h:3: gone is defined nowhere, not in lib/low/a.c'
}

@test "a header must not define an object" {
	add cmd/main.h 'int count;' 'static const int five = 5;' 'typedef int number;' 'struct x { int y; };'
	finds declarations \
		'cmd/main.h:1: count is defined in a header: make it extern, or static inline'
}

@test "a source must not declare by itself what another one defines" {
	build cmd/main.c '#include "low/a.h"' 'extern const int a_table[2];' \
		'int a(int (*f)(void));' 'int main(void) { return a(0) + a_table[1]; }'
	finds declarations 'cmd/main.c:2: a_table is declared in a source: include its header' \
		'cmd/main.c:3: a is declared in a source: include its header'
}

@test "what no other file uses must be static, even if tests use it" {
	build lib/low/b.c 'int b_count;' 'int b(void)' '{' 'return b_count;' '}'
	build tests/unit/b.c 'int b(void);' 'int main(void) { return b(); }'
	finds declarations \
		'lib/low/b.c:2: b is used by no other file of the product: make it static' \
		'lib/low/b.c:1: b_count is used by no other file of the product: make it static'
}

@test "functions of ovlcp.h are defined in lib/api/, and need no user" {
	add lib/ovlcp.h '#ifdef __cplusplus' 'extern "C" {' '#endif' \
		'#define OVLCP_API __attribute__((visibility("default")))' \
		'OVLCP_API int ovlcp_x(void);' 'OVLCP_API int ovlcp_y(void);'
	build lib/api/x.c '#include "ovlcp.h"' 'int ovlcp_x(void) { return 0; }'
	build lib/low/y.c '#include "ovlcp.h"' 'int ovlcp_y(void) { return ovlcp_x(); }'
	finds declarations \
		'lib/low/y.c:2: ovlcp_y is used by no other file of the product: make it static' \
		'lib/ovlcp.h:6: ovlcp_y is defined in lib/low/y.c, not in lib/api/'
}

@test "a source that is built into nothing is found" {
	add cmd/forgotten.c
	finds declarations 'cmd/forgotten.c: there is no object of it: is it in Makefile.am?'
}
