#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# build-aux/c-symbols finds the objects of a build, as automake, libtool and options of the
# compiler leave them. A check that sees no object would pass whatever the tree is like.

load ../../fixtures/common
load ../../fixtures/checks

# the command cmd/main.c uses the library's a.c; their objects are for each test to make
setup() {
	requires nm
	add lib/low/a.c 'int a(void) { return 1; }'
	add cmd/main.c 'int a(void);' 'int main(void) { return a(); }'
	expected='def|cmd/main.c|main
def|lib/low/a.c|a
use|cmd/main.c|a|lib/low/a.c'
}

# shows LINE...: what c-symbols prints, sorted.
shows() {
	on_tree c-symbols
	assert_success
	assert_equal "$(sort <<<"$output")" "$1"
}

@test "objects are found without and with the name of a program, and in .libs" {
	compile lib/low/a.c && compile cmd/main.c
	shows "$expected"
	drop lib/low/a.o cmd/main.o
	compile lib/low/a.c lib/low/libx_la-a.o && compile cmd/main.c cmd/one-main.o
	shows "$expected"
	drop lib/low/libx_la-a.o && compile lib/low/a.c lib/low/.libs/libx_la-a.o
	shows "$expected"
}

@test "a name of two programs belongs to the own one, then to the library" {
	compile lib/low/a.c lib/low/libx_la-a.o && compile cmd/main.c cmd/one-main.o
	add cmd/two/a.c 'int a(void) { return 2; }' && compile cmd/two/a.c cmd/two/two-a.o
	add cmd/two/main.c 'int a(void);' 'int main(void) { return a(); }'
	compile cmd/two/main.c cmd/two/two-main.o
	shows "def|cmd/main.c|main
def|cmd/two/a.c|a
def|cmd/two/main.c|main
def|lib/low/a.c|a
use|cmd/main.c|a|lib/low/a.c
use|cmd/two/main.c|a|cmd/two/a.c"
}

@test "objects of tests, and of sources that are gone, do not count" {
	compile lib/low/a.c && compile cmd/main.c
	compile lib/low/a.c lib/low/libunit_la-gone.o && compile cmd/main.c cmd/tests_abi-x.o
	compile cmd/main.c cmd/one-gone.o
	shows "$expected"
	compile lib/low/a.c lib/low/libunit_la-a.o && drop lib/low/a.o
	shows 'def|cmd/main.c|main
unbuilt|lib/low/a.c'
}

@test "objects with sanitizers, and for link-time optimisation, show the same" {
	for options in '-fsanitize=address,undefined' --coverage -flto '-flto -ffat-lto-objects'; do
		# shellcheck disable=SC2086 # two options; not every compiler has them all
		compile lib/low/a.c lib/low/a.o $options || continue
		# shellcheck disable=SC2086
		compile cmd/main.c cmd/main.o $options
		shows "$expected"
	done
}

@test "without an object nothing passes" {
	for check in declarations circles; do
		add build-aux/rooms 'low |' 'cmd |'
		on_tree "check-$check"
		assert_failure
		assert_line 'Bail out! no symbols'
	done
}
