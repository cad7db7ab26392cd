#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# build-aux/check-words on small trees: what it must refuse, and what it must let pass.

load ../../fixtures/common
load ../../fixtures/checks

setup() {
	add build-aux/words '# where | word | instead' 'name | crew | pool' 'file | util | its subject' \
		'comment | nobody | the program'
	add lib/low/a.h '#ifndef OVL_LOW_A_H' '#define OVL_LOW_A_H' 'int pool(void);' '#endif'
	add cmd/main.c 'int main(void) { return screwed + crews; }'
}

@test "a tree without the words of the list passes" {
	passes words
}

@test "a word of the list must not be an identifier, nor a part of one" {
	add lib/low/b.c 'int crew;' 'int get_crew(void) { return crew + CREW_MAX; }' 'crew' 'get_crew'
	finds words 'lib/low/b.c:1: crew: say pool' 'lib/low/b.c:2: get_crew: say pool' \
		'lib/low/b.c:2: CREW_MAX: say pool'
}

@test "names in comments, strings, constants and names of headers are no identifiers" {
	add lib/low/b.c '#include "crew.h"' '/* crew' ' * crew */ int b; // crew' \
		'char *b = "crew \" crew"; /* " */ char c = '"'\\\"'; /* crew */"
	passes words
}

@test "code behind a comment, a string or a constant is read" {
	add lib/low/b.c '/* "a */ int crew; /* b" */' "f('\"', \"/*\", \"\\\\\"); int crew_1;" \
		'f("//"); int crew_2;'
	finds words 'lib/low/b.c:1: crew: say pool' 'lib/low/b.c:2: crew_1: say pool' \
		'lib/low/b.c:3: crew_2: say pool'
}

@test "a word of the list must not be in the name of a file or directory" {
	add lib/crew/b.c
	add lib/low/crew_list.c
	add cmd/report_util.c 'int util;'
	finds words 'lib/crew/b.c: the name of the file: say pool' \
		'lib/low/crew_list.c: the name of the file: say pool' \
		'cmd/report_util.c: the name of the file: say its subject'
}

@test "the unit tests and the oracle are held to the names, other tests are not" {
	add tests/unit/b.c 'crew'
	add tests/oracle/b.c 'crew'
	add tests/fuzz/b.c 'crew'
	finds words 'tests/oracle/b.c:1: crew: say pool' 'tests/unit/b.c:1: crew: say pool'
}

@test "a word of the list must not be in a comment of lib and cmd" {
	add lib/low/b.c '/* a' ' * Nobody. */ int nobody;' 'char *b = "nobody"; // nobody'
	add tests/unit/b.c '/* nobody */'
	finds words 'lib/low/b.c:2: nobody: say the program' 'lib/low/b.c:3: nobody: say the program'
}

@test "the include guard of a header must be its path" {
	add lib/low/b.h '/* a header */' '#ifndef OVL_LOW_A_H' '#define OVL_LOW_A_H' '#endif'
	add cmd/stat/b.h '#ifndef OVL_STAT_B_H' '#define OVL_STAT_B_H' '#endif'
	add cmd/c.h '#include <stdio.h>'
	finds words 'cmd/c.h:1: #include <stdio.h>: the guard is OVL_CMD_C_H' \
		'lib/low/b.h:2: #ifndef OVL_LOW_A_H: the guard is OVL_LOW_B_H'
}

@test "a row of the list must be complete, and there once" {
	add build-aux/words 'name | crew | pool' 'name | crew | team' 'name | told' 'any | told | x'
	finds words 'build-aux/words: name | crew | team' 'build-aux/words: name | told | ' \
		'build-aux/words: any | told | x'
}
