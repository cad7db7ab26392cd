#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The header in other languages than that of the library.
# shellcheck disable=SC2154 # srcdir and top_builddir come from the build

load ../../fixtures/common

setup() {
	requires compiler
	cd "$BATS_TEST_TMPDIR" || return
}

# A program in C++ that copies, with a callback.
program() {
	cat <<-'END'
		#include <ovlcp.h>
		#include <fcntl.h>
		#include <stdio.h>

		static void on_event(const struct ovlcp_event *e, void *payload)
		{
			int *complete = (int *)payload;

			*complete += ovlcp_event_type(e) == OVLCP_EVENT_COPIED;
		}

		int main(int argc, char **argv)
		{
			const char *list[] = { argv[argc - 1] };
			struct ovlcp_paths dest = { AT_FDCWD, list, 1 };
			struct ovlcp_options opt = {};
			struct ovlcp *session;
			int complete = 0;

			opt.size = sizeof(opt);
			opt.flags = OVLCP_ATOMIC | OVLCP_EXPLAIN;
			opt.preserve = OVLCP_PRESERVE_MODE | OVLCP_PRESERVE_TIMESTAMPS;
			if (ovlcp_new(&session) < 0)
				return 1;
			ovlcp_on_event(session, on_event, &complete);
			if (ovlcp_fan_out(session, AT_FDCWD, argv[1], &dest, &opt) < 0)
				return 1;
			ovlcp_free(session);
			printf("%s %d\n", OVLCP_VERSION >= OVLCP_VERSION_NUMBER(0, 1, 0) ? ovlcp_version() : "?", complete);
			return 0;
		}
	END
}

@test "the header is C++17, and a program in it copies" {
	requires g++
	program >program.cc
	libs=$top_builddir/.libs
	g++ -std=c++17 -pedantic-errors -Wall -Wextra -Wold-style-cast -Werror -I"$srcdir/lib" \
		-fsyntax-only -include ovlcp.h -xc++ /dev/null
	g++ -std=c++17 -pedantic-errors -Wall -Wextra -Werror -I"$srcdir/lib" program.cc -o program \
		-L"$libs" -lovlcp -Wl,-rpath,"$libs"
	echo text >src
	run ./program src new
	assert_output "$("$OVL_CP" --version | sed -n '1s/.* //p') 1"
	cmp src new
}

@test "the header is C99 and C23 without extensions" {
	for standard in c99 c11 c2x; do
		run_cc -std=$standard -pedantic-errors -Wall -Wextra -Werror \
			-I"$srcdir/lib" -fsyntax-only -include ovlcp.h -xc /dev/null
	done
}
