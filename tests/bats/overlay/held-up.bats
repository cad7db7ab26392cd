#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Neither a lease nor a FIFO blocks the program forever.
# shellcheck disable=SC2016,SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay

setup_file() { stack_file ext4 xfs; }

teardown() {
	[ -z "${holder-}" ] || kill "$holder" || :
	lab_cleanup
}

@test "a file that another process holds a lease on" {
	file_make "$low/file" "$SIZE"
	stack
	hold_lease "$merged/file"
	falls_back "$merged/file" file 'another process holds a lease on it'
}

@test "a FIFO whose writer comes and goes is read" {
	mkfifo "$low/fifo"
	stack
	for i in {1..50}; do
		timeout 60 sh -c 'echo "$1" >"$2"' - "$i" "$merged/fifo" 3>&- &
		run timeout 60 "$OVL_CP" --copy-up=always "$merged/fifo" "$merged/copy"
		assert_success
		wait $!
		assert_equal "$(<"$merged/copy")" "$i"
	done
	assert_not_copied_up fifo
}
