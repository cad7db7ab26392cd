#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --remember=verify, and --verify beside it.
# shellcheck disable=SC2030,SC2031,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/remember

setup_file() { stack_file ext4 xfs reflink:xfs; }

@test "--remember=verify reads and compares before it clones" {
	file_make "$low/file" 2M
	stack
	copies "$merged/file" "$merged/1"
	strace -f -o "$BATS_TEST_TMPDIR/trace" -e trace=ioctl,pread64 "$OVL_CP" --remember=verify \
		--remember="$records" "$merged/file" "$merged/2"
	run grep -c pread64 "$BATS_TEST_TMPDIR/trace"
	[ "$output" -ge 8 ]
	cmp "$merged/file" "$merged/2"
	assert_recalled "$merged/file" "$merged/3"
}

@test "--verify compares a clone of an earlier call's copy byte for byte" {
	file_make "$low/file" 2M
	stack
	copies "$merged/file" "$merged/1"
	ovl_cp --remember="$records" --verify --report=- "$merged/file" "$merged/2"
	assert_output --partial '"verified":"bytes"'
}

# processes_only ARG...: runs the program where /proc is mounted with subset=pid.
processes_only() {
	# shellcheck disable=SC2016 # for sh
	run unshare --mount sh -c 'mount -t proc -o subset=pid proc /proc && exec "$@"' sh "$OVL_CP" "$@"
	echo "$output"
}

@test "where /proc has only processes both files are compared, too" {
	requires root
	a_file
	processes_only --remember="$records" "$merged/file" "$merged/1"
	assert_success
	refute_output
	processes_only --remember="$records" --debug "$merged/file" "$merged/2"
	assert_success
	assert_output --partial '(rule: clone-remembered)'
	cmp "$low/file" "$merged/2"
}
