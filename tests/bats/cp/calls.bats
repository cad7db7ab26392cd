#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# How many system calls a file takes: docs/performance.md says so.
# needs: images

load ../../fixtures/common

setup_file() {
	requires root loop reflink:xfs strace
	fs_make xfs "$BATS_FILE_TMPDIR/xfs"
}

setup() {
	lab_setup
	cd "$(mktemp -d -p "$BATS_FILE_TMPDIR/xfs")" || return
}

# files DIR COUNT: creates COUNT files of 5 KiB, none of which shares data.
files() {
	local i
	mkdir "$1"
	for ((i = 0; i < $2; i++)); do head -c 5K /dev/zero >"$1/$i"; done
}

# calls ARG...: prints the number of system calls of a copy.
calls() {
	strace -f -o trace "$OVL_CP" "$@" && grep -c '(' trace
}

# each_file WORD...: prints how many calls each of 100 more files of a tree takes.
each_file() {
	local few many
	few=$(calls "$@" -j1 few a) && many=$(calls "$@" -j1 many b) && rm -r a b &&
		echo $(((many - few) / 100))
}

@test "a file of a tree takes 8 system calls if it is cloned, 9 if it is written" {
	files few 100
	files many 200
	assert_equal "$(each_file -a)" 8
	assert_equal "$(each_file -a --reflink=never)" 9
	# without its times
	assert_equal "$(each_file -R)" 7
	assert_equal "$(each_file -R --reflink=never)" 8
}

@test "a destination of a fan-out takes 4 system calls" {
	files src 1
	mkdir to
	few=$(calls --fan-out src/0 to/{1..100})
	many=$(calls --fan-out src/0 to/{101..300})
	assert_equal $(((many - few) / 100)) 4
}
