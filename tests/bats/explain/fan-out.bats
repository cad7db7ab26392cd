#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --explain of one source and several destinations.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay
load ../../fixtures/explain

setup_file() { stack_file ext4 xfs; }

scene() {
	mkdir -p "$low/tree/sub"
	file_make "$low/small" 20000
	file_make "$low/tree/one" 200000
	file_make "$low/tree/sub/two" 70000
	stack
	cd "$merged" || return
	watched=("$merged" "$up")
}

@test "the first destination is the donor of the others, which share" {
	scene
	explains --fan-out small one two three
	assert_success
	assert_says total '2 cloned from an earlier destination, 1 copied by read and write'
	assert_says bytes '20000 (19.5 KiB) written, 40000 (39.1 KiB) shared'
	assert_says 'upper layer' '20000 bytes'
	assert_says 'to share it' 'nothing needs to be done: the other destinations share this copy'
	# nothing is reported about a clone
	assert_equal "$(grep -c 'not shared:' <<<"$output")" 1
}

@test "where nothing can be cloned there is no donor, and no advice to make one" {
	scene
	fs_make tmpfs "$BATS_TEST_TMPDIR/to"
	explains --fan-out small "$BATS_TEST_TMPDIR/to/"{one,two}
	assert_success
	assert_says total '2 copied by read and write'
	refute_output --partial 'with --fan-out'
	explains small "$BATS_TEST_TMPDIR/to/one"
	assert_says 'to share it' 'copy within the overlay'
	refute_output --partial 'with --fan-out'
}

@test "where something can be, a fan-out is the advice for one destination only" {
	scene
	explains small one
	assert_says 'to share it' 'with --fan-out several destinations of one call share one copy'
	explains --copy-up=never --fan-out small one
	refute_output --partial 'with --fan-out'
}

@test "what is copied up for one destination is no clone outside of the overlay" {
	scene
	fs_make tmpfs "$BATS_TEST_TMPDIR/to"
	agrees --fan-out --copy-up=always tree/one one "$BATS_TEST_TMPDIR/to/two" three
	[[ $agreed == *"rule: clone-upper)"*"rule: read-write)"*"rule: clone)"* ]]
}

@test "a name that is given twice is reported once, as by the copy" {
	scene
	explains --fan-out small one ./one two
	assert_success
	assert_output --partial "warning: destination './one' is named more than once"
	assert_says total '1 cloned from an earlier destination, 1 copied by read and write'
	agrees --fan-out small one ./one two
}

@test "a tree to several places shares among these" {
	scene
	agrees --fan-out -R tree one two three
	explains --fan-out -R tree four five
	assert_says total '2 cloned from an earlier destination, 2 copied by read and write'
	assert_says bytes '270000 (263.7 KiB) written, 270000 (263.7 KiB) shared'
}
