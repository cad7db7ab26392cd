#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# build-aux/check-includes on small trees: what it must refuse, and what it must let pass.

load ../../fixtures/common
load ../../fixtures/checks

# the lower room low, the upper one high that uses it, and a command
setup() {
	add build-aux/rooms 'low | low/' 'high | high/ low/' 'cmd | . high/b.h'
	add lib/low/a.h 'int a(void);'
	add lib/low/a.c '#include "low/a.h"' '#include <stdio.h>'
	add lib/high/b.h '#include "low/a.h"'
	add cmd/main.c '#include "main.h"' '#include "high/b.h"'
	add cmd/main.h
}

@test "a tree whose rooms include only rooms below passes" {
	passes includes
}

@test "a row of the table must not name a room that is listed after it" {
	add build-aux/rooms 'low | low/ high/' 'high | high/ low/' 'cmd | . high/b.h'
	finds includes 'low: high/: high is above low in the list'
}

@test "a row of the table must not name a header or a room that is gone" {
	add build-aux/rooms 'low | low/ gone/' 'high | high/ low/ low/gone.h' 'cmd | . high/b.h'
	finds includes 'low: gone/: there is no such header or room' \
		'high: low/gone.h: there is no such header or room'
}

@test "a file must not include of another room what the row of its own does not name" {
	add lib/high/b.h
	add lib/low/a.c '' '#include "high/b.h"'
	finds includes 'lib/low/a.c:2: "high/b.h": low may include of ours only: low/'
	add lib/low/a.c '#include "../high/b.h"'
	finds includes 'lib/low/a.c:1: "../high/b.h": low may include of ours only: low/'
	add lib/low/a.c
	add cmd/main.c '#include "low/a.h"'
	finds includes 'cmd/main.c:1: "low/a.h": cmd may include of ours only: . high/b.h'
}

@test "two rooms must not include each other, even if the table lets them" {
	add build-aux/rooms 'low | low/ high/' 'high | high/ low/' 'cmd | . high/b.h'
	add lib/low/a.c '#include "high/b.h"'
	finds includes 'low: high/: high is above low in the list' \
		'lib/low/a.c:1: "high/b.h": low includes high' \
		'lib/high/b.h:1: "low/a.h": high includes low'
}

@test "a file must be in a room of the table, and a room must have a file" {
	add build-aux/rooms 'low | low/' 'high | high/ low/' 'empty |' 'cmd | . high/b.h'
	add lib/other/c.c
	finds includes 'lib/other/c.c: other is no room: see build-aux/rooms' \
		'empty: the room: has no files: take it out of the table'
}

@test "a header of the system that has a place must not be included elsewhere" {
	add lib/low/a.c '#include <sys/ioctl.h>'
	finds includes 'lib/low/a.c:1: <sys/ioctl.h>: only lib/sys/ cmd/run/files.c cmd/terminal.c may include it'
}

@test "without a table nothing passes" {
	drop build-aux/rooms
	on_tree check-includes
	assert_failure
	assert_line --regexp '^Bail out! no table in .*/build-aux/rooms'
}
