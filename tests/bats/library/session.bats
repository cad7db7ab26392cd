#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# A session that is used for several calls: what one has found out or made does not count for the next.
# shellcheck disable=SC2154 # srcdir and top_builddir come from the build

load ../../fixtures/common
load ../../fixtures/library

setup_file() {
	requires compiler || return 0
	program >"$BATS_FILE_TMPDIR/program.c"
	build program "$BATS_FILE_TMPDIR/program.c" -L"${top_builddir:-.}/.libs" -lovlcp \
		-Wl,-rpath,"${top_builddir:-.}/.libs"
}
setup() {
	lab_setup
	cd "$BATS_TEST_TMPDIR" || return
}

# program umask SOURCE COPY COPY: copies a tree with two umasks, 0 and 077.
# program many SOURCE SOURCE DIR DIR: copies both sources to each directory.
program() {
	cat <<-'END'
		#define _XOPEN_SOURCE 700
		#include <ovlcp.h>
		#include <fcntl.h>
		#include <string.h>
		#include <sys/stat.h>

		static int tree(struct ovlcp *o, mode_t mask, const char *src, const char *dst)
		{
			const struct ovlcp_options opt = { .size = sizeof(opt),
							   .flags = OVLCP_RECURSIVE };

			umask(mask);
			return ovlcp_copy(o, AT_FDCWD, src, AT_FDCWD, dst, &opt);
		}

		static int many(struct ovlcp *o, char **src, const char *dst)
		{
			const char *list[] = { src[0], src[1] };
			const struct ovlcp_paths paths = { AT_FDCWD, list, 2 };

			return ovlcp_copy_many(o, &paths, AT_FDCWD, dst, NULL);
		}

		int main(int argc, char **argv)
		{
			struct ovlcp *o;

			if (argc < 5 || ovlcp_new(&o) < 0)
				return 2;
			if (strcmp(argv[1], "umask") == 0)
				return tree(o, 0, argv[2], argv[3]) || tree(o, 077, argv[2], argv[4]);
			return many(o, argv + 2, argv[4]) || many(o, argv + 2, argv[5]);
		}
	END
}

@test "new files have the umask of their call" {
	mkdir -m 777 tree tree/sub && touch tree/file tree/sub/{1,2} && chmod 666 tree/{file,sub/*}
	run_built program umask tree wide narrow
	assert_success
	run stat -c '%a %n' wide wide/sub wide/sub/2 narrow narrow/sub narrow/sub/2
	assert_output - <<-'END'
		777 wide
		777 wide/sub
		666 wide/sub/2
		700 narrow
		700 narrow/sub
		600 narrow/sub/2
	END
}

@test "sources that one call has copied are copied by the next one, too" {
	echo 1 >one && echo 2 >two && mkdir first second
	run_built program many one two first second
	assert_success
	cmp one second/one
	cmp two second/two
	cmp two first/two
}
