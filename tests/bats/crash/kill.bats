#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# SIGKILL at random moments. Nothing can be tidied up then: what may be left is in the manual.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # variables of the fixture
# needs: time

load ../../fixtures/common
load ../../fixtures/crash

setup() {
	lab=$BATS_TEST_TMPDIR/lab truth=$BATS_TEST_TMPDIR/truth
	[ "$(id -u)" != 0 ] || fs_make tmpfs "$lab" || return
	mkdir -p "$lab" && cd "$lab" || return
}

# Like cp: a new file may have a part of its data, an old one may have lost its own.
as_cp=noaept

@test "SIGKILL during the copy of a file leaves a part of it, and the source as it is" {
	scenario file
	signalled KILL $as_cp "$(runs 6 150)"
}

@test "SIGKILL while a file is overwritten leaves a part of it" {
	scenario over
	signalled KILL $as_cp "$(runs 6 110)"
}

@test "SIGKILL during the copy of a tree leaves a part of it" {
	scenario tree
	signalled KILL $as_cp "$(runs 6 150)"
}

@test "SIGKILL while a tree is copied by two threads leaves a part of it" {
	scenario tree-over
	args=(-j2 "${args[@]}")
	signalled KILL $as_cp "$(runs 6 150)"
}

@test "SIGKILL during a fan-out leaves complete files and parts" {
	scenario fan-out
	signalled KILL $as_cp "$(runs 6 110)"
}

# Old whole, new whole with its attributes, or none; a temporary name may be left.
whole=noatM

@test "SIGKILL during a copy with --atomic leaves no torn file" {
	scenario file
	args=(--atomic "${args[@]}")
	signalled KILL $whole "$(runs 6 110)"
}

@test "SIGKILL while files of a tree are replaced with --atomic leaves old and new ones" {
	scenario tree-over
	for jobs in 1 2; do
		args=("-j$jobs" --atomic "${args[@]}")
		signalled KILL $whole "$(runs 6 110)"
	done
}

@test "SIGKILL during a fan-out with --atomic leaves old and new files" {
	scenario fan-out-over
	args=(--atomic "${args[@]}")
	signalled KILL $whole "$(runs 6 110)"
}
