#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# build-aux/check-circles on small trees: what it must refuse, and what it must let pass.

load ../../fixtures/common
load ../../fixtures/checks

# high/b.c uses low/a.c, and nothing else uses anything
setup() {
	requires nm
	add build-aux/rooms 'low | low/' 'high | high/ low/' 'cmd | .'
	build lib/low/a.c 'int a(void) { return 1; }'
	build lib/high/b.c 'int a(void);' 'int b(void) { return a(); }'
	build cmd/main.c 'int b(void);' 'int main(void) { return b(); }'
}

@test "a tree whose files use only files below passes" {
	passes circles
}

@test "two files of a room must not use each other" {
	build lib/high/b.c 'int a(void), c(void);' 'int b(void) { return a() + c(); }'
	build lib/high/c.c 'int b(void);' '/* c uses b() */ int c(void) { return b(); }'
	finds circles 'a circle of 2 files:' 'lib/high/b.c:1: uses c of lib/high/c.c' \
		'lib/high/c.c:1: uses b of lib/high/b.c'
}

@test "a circle by way of a third file is found, and a file beside it is not part of it" {
	build lib/high/b.c 'int a(void), c(void);' 'int b(void) { return a() + c(); }'
	build lib/high/c.c 'int d(void);' 'int c(void) { return d(); }'
	build lib/high/d.c 'int b(void), a(void);' '' 'int d(void) { return b() + a(); }'
	build lib/high/e.c 'int b(void);' 'int e(void) { return b(); }'
	finds circles 'a circle of 3 files:' 'lib/high/b.c:1: uses c of lib/high/c.c' \
		'lib/high/c.c:1: uses d of lib/high/d.c' 'lib/high/d.c:1: uses b of lib/high/b.c'
}

@test "each of two circles is shown by itself, with all that ties it" {
	build lib/low/a.c 'int a2(void);' 'int a(void) { return a2(); }' 'int a_count;'
	build lib/low/a2.c 'int a(void);' 'extern int a_count;' 'int a2(void) { return a() + a_count; }'
	build lib/high/b.c 'int c(void);' 'int b(void) { return c(); }'
	build lib/high/c.c 'int b(void);' 'int (*const c_calls)(void) = b;' 'int c(void) { return 1; }'
	finds circles 'a circle of 2 files:' 'lib/high/b.c:1: uses c of lib/high/c.c' \
		'lib/high/c.c:1: uses b of lib/high/b.c' 'a circle of 2 files:' \
		'lib/low/a.c:1: uses a2 of lib/low/a2.c' \
		'lib/low/a2.c:1: uses a, a_count of lib/low/a.c'
}

@test "a file must not use one of a room that is listed after its own" {
	build lib/low/c.c 'int b(void);' 'int c(void)' '{' 'return b();' '}'
	finds circles 'lib/low/c.c:1: uses b of lib/high/b.c: that is above'
}

@test "a function of a header, and a name in a comment or a string, is no use of a file" {
	add lib/high/b.h 'static inline int b_zero(void) { return 0; }'
	build lib/low/a.c '#include "high/b.h"' '/* b() */' 'const char *a_text = "b()";' \
		'int a(void) { return b_zero(); }'
	passes circles
}

@test "what two programs define under one name is kept apart" {
	for program in one two; do
		build lib/high/$program.c 'int b(void), a(void);' 'int name(void) { return a(); }'
		drop "lib/high/$program.o"
		compile lib/high/$program.c "lib/high/$program-$program.o"
	done
	passes circles
}

@test "a file must be in a room of the table" {
	build lib/other/c.c 'int c(void) { return 0; }'
	finds circles 'lib/other/c.c: other is no room: see build-aux/rooms'
}
