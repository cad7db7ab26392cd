#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --method=preload: programs as they are, and the upper layer grows by one copy for several.
# shellcheck disable=SC2016,SC2034,SC2154 # other shells expand; variables of the fixture
# needs: images

load ../../fixtures/preload
load ../../fixtures/cannot_share

setup_file() { preload_file; }

# four_times COMMAND...: runs it as "COMMAND X N" for N of 1 to 4, in one call of ovl-run.
four_times() {
	preload_stack
	preload sh -c 'for i in 1 2 3 4; do "$@" X $i || exit; done' sh "$@"
	assert_one_copy 1 2 3 4
}

@test "cp of coreutils" { four_times cp; }

@test "cp --reflink=always, which fails without help" {
	preload_stack
	run cp --reflink=always X 0
	assert_failure
	rm -f 0
	preload sh -c 'for i in 1 2 3 4; do cp --reflink=always X $i || exit; done'
	assert_one_copy 1 2 3 4
}

@test "install of coreutils" { four_times install; }

@test "cat of coreutils" { four_times sh -c 'cat "$0" >"$1"'; }

@test "shutil of Python, which calls sendfile" {
	requires python3
	four_times python3 -c 'import shutil, sys; shutil.copyfile(*sys.argv[1:])'
}

@test "copy_file_range of Python" {
	requires python3
	four_times python3 -c '
import os, sys
src, dst = os.open(sys.argv[1], os.O_RDONLY), os.open(sys.argv[2], os.O_WRONLY | os.O_CREAT)
while os.copy_file_range(src, dst, 1 << 20): pass'
}

@test "a copy_file_range that cannot share copies nothing up" {
	requires python3
	file_make "$low/Y" 2M
	preload_stack
	cannot_share preload
}

@test "FICLONE and FICLONERANGE by ioctl of Python" {
	requires python3
	four_times python3 -c '
import fcntl, os, struct, sys
src, dst = os.open(sys.argv[1], os.O_RDONLY), os.open(sys.argv[2], os.O_WRONLY | os.O_CREAT)
if sys.argv[2] < "3": fcntl.ioctl(dst, 0x40049409, src)
else: fcntl.ioctl(dst, 0x4020940d, struct.pack("qQQQ", src, 0, 0, 0))'
}

@test "copyFile of Node.js" {
	requires node
	four_times node -e 'require("fs").copyFileSync(process.argv[1], process.argv[2])'
}

@test "what is smaller than --copy-up-min is copied as without help" {
	SIZE=$((1024 * 1024 - 1))
	preload_stack
	preload sh -c 'cp X 1 && cp X 2'
	assert_no_help 1 2
	rm 1 2
	preload --copy-up-min=1K sh -c 'cp X 1 && cp X 2'
	assert_cloned X 1 2
}

@test "--copy-up: never, and always; the environment" {
	SIZE=100000
	preload_stack
	preload --copy-up=never cp X 1
	OVL_CP_COPY_UP=never preload cp X 2
	assert_no_help 1 2
	preload --copy-up=always cp X 3
	assert_cloned X 3
}

@test "--report has a line for the file that was copied up" {
	requires python3
	preload_stack
	preload --report=../report sh -c 'cd / && for i in 1 2; do cp "$1/X" "$1/$i"; done' sh "$PWD"
	assert_one_copy 1 2
	run python3 -c 'import json, sys
for line in open(sys.argv[1]):
    o = json.loads(line); print(o["source"]["path"], o["method"])' ../report
	assert_output "$PWD/X copy-up"
}
