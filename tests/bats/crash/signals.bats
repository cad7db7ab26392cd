#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Signals at random moments: unfinished files that the copy made are removed, and it ends by the
# signal. tests/bats/cli/signals.bats has the moments that are special.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # variables of the fixture
# needs: images

load ../../fixtures/common
load ../../fixtures/crash
load ../../fixtures/stopped

setup() {
	lab=$BATS_TEST_TMPDIR/lab truth=$BATS_TEST_TMPDIR/truth
	[ "$(id -u)" != 0 ] || fs_make tmpfs "$lab" || return
	mkdir -p "$lab" && cd "$lab" || return
}

# A new file is complete, with its attributes, or absent; an old one may be cut short.
only_new=naM overwritten=noep

# each_signal ALLOWED SHORT LONG: so often for each of the signals.
each_signal() {
	for signal in INT TERM HUP; do signalled "$signal" "$1" "$(runs "$2" "$3")"; done
}

@test "a signal during the copy of a file leaves none" {
	scenario file
	each_signal $only_new 4 40
}

@test "a signal while a file is overwritten leaves it there" {
	scenario over
	each_signal $overwritten 4 40
}

@test "a signal during a fan-out leaves complete files only" {
	scenario fan-out
	each_signal $only_new 4 40
}

@test "a signal during the copy of a tree leaves complete files only" {
	scenario tree
	each_signal $only_new 4 40
}

@test "a signal while a tree is copied by two threads leaves complete files only" {
	scenario tree
	args=(-j2 "${args[@]}")
	each_signal $only_new 4 60
}

@test "a signal while a tree is replaced with --atomic leaves old and new files only" {
	scenario tree-over
	args=(-j2 --atomic "${args[@]}")
	each_signal no 4 40
}

@test "a signal while --verify compares removes the file that is not compared" {
	requires strace
	file_make src 1M
	stopped fdatasync when=1 --verify --reflink=never src new
	cmp src new
	kill -TERM "$pid"
	local status=0
	goes_on || status=$?
	assert_equal "$status" 143
	assert_not_exists new
}
