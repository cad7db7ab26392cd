#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# build-aux/check-functions on small trees: what it must refuse, and what it must let pass.

load ../../fixtures/common
load ../../fixtures/checks

setup() {
	add lib/low/a.c 'static int find(void)' '{' 'return 1;' '}'
	add cmd/main.c 'int main(void)' '{' 'return 0;' '}'
}

# body LINES: so many lines of C.
body() { yes 'f("{", 1);' | head -n "$1"; }

@test "a tree with short functions of different names passes" {
	passes functions
}

@test "a body of 60 lines passes, one of 61 lines does not" {
	add lib/low/b.c '/* { */' 'struct x *b(int c,' 'int d)' '{' "$(body 60)" '}'
	passes functions
	add lib/low/b.c '/* { */' 'struct x *b(int c,' 'int d)' '{' "$(body 61)" '}'
	finds functions 'lib/low/b.c:2: b has 61 lines'
}

@test "a function in a header, and one with attributes, is measured too" {
	add cmd/a.h '__attribute__((format(printf, 1, 2)))' 'static inline void f(const char *f, ...)' \
		'{' "$(body 70)" '}'
	finds functions 'cmd/a.h:1: f has 70 lines'
}

@test "a long table or type is no function, and two branches of an #if are two" {
	add lib/low/b.c 'static const struct x rows[] = {' "$(yes '{ call(1), 2 },' | head -n 100)" \
		'};' 'struct y {' "$(yes 'int (*f)(void);' | head -n 100)" '};'
	add lib/low/c.c '#if 1' 'int c(void)' '{' 'if (1) {' '#else' 'int c(int x)' '{' '#endif' \
		"$(body 59)" '}' 'int d(void)' '{' '}'
	passes functions
}

@test "two files of a directory must not have functions of one name" {
	add lib/low/b.c '' 'static char *find(int x)' '{' '}'
	finds functions 'lib/low/b.c:2: find is in lib/low/a.c:1 too'
	add lib/low/b.c 'static inline int find(void) { return 1; }'
	finds functions 'lib/low/b.c:1: find is in lib/low/a.c:1 too'
}

@test "files of two directories, and a prototype, may have the name again" {
	add lib/high/b.c 'static int find(void)' '{' '}'
	add lib/low/b.c 'static int find(void);' 'static const struct x rows[] = { { find } };'
	passes functions
}

@test "a function must not have the name of one of libc" {
	add lib/low/b.c 'static int wait(void)' '{' '}' 'static int wait_for(void)' '{' '}' \
		'void' 'rename(struct x *x)' '{' '}'
	finds functions 'lib/low/b.c:1: wait is a name of libc' \
		'lib/low/b.c:7: rename is a name of libc'
}
