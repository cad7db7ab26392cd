#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# A session that lives longer than what it has learned of copies that are remembered.
# shellcheck disable=SC2030,SC2031,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay
load ../../fixtures/library

setup_file() {
	stack_file ext4 xfs reflink:xfs fs:erofs losetup compiler
	! is_skipped || return 0
	program >"$BATS_FILE_TMPDIR/program.c"
	build program "$BATS_FILE_TMPDIR/program.c" -L"${top_builddir:-.}/.libs" -lovlcp \
		-Wl,-rpath,"${top_builddir:-.}/.libs"
}

# program SOURCE RECORDS COPY COMMAND RECORDS COPY: copies twice in one session, and runs COMMAND in
# between.
program() {
	cat <<-'END'
		#define _XOPEN_SOURCE 700
		#include <ovlcp.h>
		#include <fcntl.h>
		#include <stdlib.h>

		static int copy(struct ovlcp *o, const char *src, const char *dir, const char *dst)
		{
			const struct ovlcp_options opt = { .size = sizeof(opt), .remember_dir = dir,
							   .remember = OVLCP_REMEMBER_YES };

			return ovlcp_copy(o, AT_FDCWD, src, AT_FDCWD, dst, &opt);
		}

		int main(int argc, char **argv)
		{
			struct ovlcp *o;

			if (argc != 7 || ovlcp_new(&o) < 0 || copy(o, argv[1], argv[2], argv[3]) < 0 ||
			    system(argv[4]) != 0 || copy(o, argv[1], argv[5], argv[6]) < 0)
				return 1;
			ovlcp_free(o);
			return 0;
		}
	END
}

# image FILE SEED: an image with one file, equal to others but for its content.
image() {
	rm -rf "$BATS_TEST_TMPDIR/from"
	mkdir "$BATS_TEST_TMPDIR/from"
	file_make "$BATS_TEST_TMPDIR/from/file" 1M "$2"
	mkfs.erofs -T1000000000 --all-root -U 11111111-2222-3333-4444-555555555555 \
		"$1" "$BATS_TEST_TMPDIR/from" >/dev/null
}

@test "another image that is mounted between two calls is another source" {
	requires root
	cd "$BATS_TEST_TMPDIR"
	image one 1
	image two 2
	mkdir at
	loop=$(losetup -f --show one)
	mount -t erofs -o ro "$loop" at
	run_built program at/file records "$up/1" \
		"umount at && cat two >$loop && mount -t erofs -o ro $loop at" records "$up/2"
	losetup -d "$loop" # when it is unmounted
	assert_success
	cmp at/file "$up/2"
}

@test "each call records in its own directory, and what is forgotten is not used" {
	file_make "$low/file" 1M
	run_built program "$low/file" "$BATS_TEST_TMPDIR/r1" "$up/1" true "$BATS_TEST_TMPDIR/r2" "$up/2"
	assert_success
	assert_exists "$BATS_TEST_TMPDIR/r2/copies-1"
	growth_start "$up"
	run_built program "$low/file" "$BATS_TEST_TMPDIR/r3" "$up/3" \
		"$OVL_CP --forget --remember=$BATS_TEST_TMPDIR/r3" "$BATS_TEST_TMPDIR/r3" "$up/4"
	assert_grown_by $((2 << 20))
}
