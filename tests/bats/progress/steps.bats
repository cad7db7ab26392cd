#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# What the line of --progress says of big files, trees, fan-outs, copy-ups and threads. A system call
# that strace delays holds the copy where it is looked at.
# needs: images

load ../../fixtures/overlay

setup() {
	requires strace
	cd "$BATS_TEST_TMPDIR" || return
	file_make big 2M
	pid=
}

teardown() {
	[ -z "$pid" ] || pkill -KILL -P "$pid" || :
	lab_cleanup
}

# held CALL N LINE ARG...: copies with ARGs, and stops it for a minute before the Nth CALL of a
# thread. Until then a line that is matched by LINE must be printed.
held() {
	local call=$1 n=$2 line=$3
	shift 3
	strace -f -qq -o trace -e trace="$call" -e inject="$call:delay_enter=60000000:when=$n" \
		"$OVL_CP" --progress=always "$@" 2>messages 3>&- &
	pid=$!
	until_true grep -Eq "$line" messages || {
		cat messages trace
		return 1
	}
}

@test "one big file has a percentage and a time left" {
	held pwrite64 5 '^ovl-cp: 1.0 MiB of 2.0 MiB \(50%\), after [0-9]+ s, .*/s, [0-9]+ s left, ' \
		--reflink=never big new
}

@test "a copy_file_range that has not returned is seen by the size of the destination" {
	fs_make ext4 ext4
	file_make ext4/big 2M
	strace -f -qq -o trace -e trace=copy_file_range \
		-e inject=copy_file_range:delay_exit=60000000:when=1 \
		"$OVL_CP" --progress=always ext4/big ext4/new 2>messages 3>&- &
	pid=$!
	until_true grep -q 'ovl-cp: 2.0 MiB of 2.0 MiB (100%), ' messages
	grep -q copy_file_range trace
}

@test "a fan-out knows the total of all destinations" {
	held pwrite64 13 '^ovl-cp: 3.0 MiB of 6.0 MiB \(50%\), 50% of this file, 0 of 3 files, ' \
		--fan-out --reflink=never big a b c
}

@test "of a tree the total is not known, but the part of the file" {
	mkdir tree && mv big tree
	held pwrite64 5 '^ovl-cp: 1.0 MiB so far, 50% of this file, 0 files, ' \
		-a -j1 --reflink=never tree new
}

@test "so it is with threads" {
	mkdir tree && mv big tree && file_make tree/other 2M 2
	held pwrite64 5 '^ovl-cp: [12].[0-9] MiB so far, 50% of this file, ' -a -j2 --reflink=never tree new
}

@test "a copy-up has its size and its time" {
	requires loop overlay fs:ext4 reflink:xfs
	fs_make ext4 low && fs_make xfs up && mv big low
	overlay_make merged "$PWD/low" "$PWD/up"
	held utimensat 1 '^ovl-cp: 0 bytes of 2.0 MiB \(0%\), copying up 2.0 MiB \([0-9]+ s\), after [0-9]+ s, ' \
		merged/big merged/new
}

@test "a write to stable storage has its time" {
	held fdatasync 1 '^ovl-cp: 2.0 MiB of 2.0 MiB .*, writing to stable storage \([0-9]+ s\)' \
		--atomic --reflink=never big new
}
