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
program() {
	cat <<-'END'
		#define _XOPEN_SOURCE 700
		#include <ovlcp.h>
		#include <fcntl.h>
		#include <sys/stat.h>

		static int tree(struct ovlcp *o, mode_t mask, const char *src, const char *dst)
		{
			const struct ovlcp_options opt = { .size = sizeof(opt),
							   .flags = OVLCP_RECURSIVE };

			umask(mask);
			return ovlcp_copy(o, AT_FDCWD, src, AT_FDCWD, dst, &opt);
		}

		int main(int argc, char **argv)
		{
			struct ovlcp *o;

			if (argc < 5 || ovlcp_new(&o) < 0)
				return 2;
			return tree(o, 0, argv[2], argv[3]) || tree(o, 077, argv[2], argv[4]);
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
