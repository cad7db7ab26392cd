#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --method=preload: the process that is helped is as it would have been. tests/run/preloaded.c has
# the cases.
# shellcheck disable=SC2034,SC2154 # variables of the fixture
# needs: images

load ../../fixtures/preload

setup_file() { preload_file; }

# case_of NAME COPY...: the case NAME succeeds, and its copies share one.
case_of() {
	preload_stack
	preload timeout 60 "$preloaded" "$1" X "" # files have numbers as names
	refute_output
	assert_one_copy "${@:2}"
}

# case_refused NAME: the case NAME, which checks that a clone fails, succeeds.
case_refused() {
	preload_stack
	preload timeout 60 "$preloaded" "$1" X ""
	assert_success
	assert_not_copied_up X
}

@test "errno is not changed by a call that succeeds" { case_of plain 1; }

@test "eight threads at a time" { case_of threads 1 2 3 4 5 6 7 8; }

@test "a thread with a stack of 64 KiB" { case_of small-stack 1; }

@test "a child of fork, and its parent" { case_of fork 1 2; }

@test "a child of vfork, and its parent" { case_of vfork 1 2; }

@test "a timer whose handler calls ioctl, during copy-ups" {
	SIZE=$((64 * 1024 * 1024 + 1))
	case_of timer 1 2
}

@test "a handler that leaves by longjmp does so after the copy-up" {
	SIZE=$((64 * 1024 * 1024 + 1))
	preload_stack
	preload timeout 60 "$preloaded" longjmp X ""
	assert_success
	assert_copied_up X
}

@test "a clone within a handler" { case_of handler 1 2; }

@test "the blocked signals are the same afterwards" { case_of signals 1; }

@test "no descriptor is left open" { case_of fds 1 2 3; }

@test "a thread that is to be cancelled is so, but not within a copy-up" { case_of cancelled 1 2; }

@test "the device is not opened, which has names for a report only" {
	requires strace
	preload_stack
	preload strace -f -e trace=openat -o "$BATS_TEST_TMPDIR/trace" "$preloaded" plain X ""
	assert_one_copy 1
	grep -q '/proc/self/fd/' "$BATS_TEST_TMPDIR/trace"
	run grep '"/dev/' "$BATS_TEST_TMPDIR/trace"
	refute_output
}

@test "requests of other kinds are those of the kernel" { case_refused others; }

@test "without a free descriptor the call fails with EXDEV" { case_refused no-fds; }

@test "a write lease of the caller is left to it, and the call does not wait" { case_refused leased; }

@test "locks of the caller are left to it, which closing the file would end" { case_refused locked; }

@test "in another root directory the call fails with EXDEV" {
	export NEW_ROOT=$BATS_TEST_TMPDIR # $merged is in it
	mkdir "$NEW_ROOT/proc"
	mount -t proc proc "$NEW_ROOT/proc"
	case_refused chrooted
}

@test "a user interrupts a copy-up" {
	SIZE=$((256 * 1024 * 1024))
	preload_stack
	await_copy_up
	env --default-signal=INT "$OVL_RUN" --method=preload "$preloaded" plain X "" 3>&- &
	pid=$!
	until_true is_copying_up
	kill -INT "$pid"
	status=0
	wait "$pid" || status=$?
	assert_equal "$status" 130
	assert_not_copied_up X
	[ -z "$(ls -A "$up/work/work")" ] || fail 'a file was left in the work directory'
}

@test "requests of a terminal" {
	requires script
	preload_stack
	run script -qec "stty rows 33 cols 77; '$OVL_RUN' --method=preload stty size" /dev/null
	assert_output --partial '33 77'
}

@test "sendfile does what it does without help, in all kinds of cases" {
	preload_stack
	"$sendfile" X a- >"$BATS_TEST_TMPDIR/without"
	assert_not_copied_up X
	preload "$sendfile" X b-
	assert_success
	diff "$BATS_TEST_TMPDIR/without" - <<<"$output"
	for file in a-*; do cmp "$file" "b-${file#a-}"; done
	assert_shares "$up/upper/"{X,b-all,b-all-at,b-first-mib,b-second-mib-at,b-from-the-second-mib}
}
