#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# A source with several hard links, which a copy-up must not split.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay

setup_file() { stack_file ext4 xfs; }

# links OPTS: mounts the stack with a file that has two hard links.
links() {
	file_make "$low/a" "$SIZE"
	ln "$low/a" "$low/b"
	stack "$1"
	identity=$(stat -c '%d:%i %h' "$merged/a")
	remember "$merged/a" "$merged/b"
}

links_are_whole() {
	assert_equal "$(stat -c '%d:%i %h' "$merged/a")" "$identity"
	assert_equal "$(stat -c '%d:%i %h' "$merged/b")" "$identity"
	assert_untouched "$merged/"{a,b}
}

@test "without an index they stay whole and the bytes are copied" {
	links index=off
	ovl_cp --debug --copy-up=always "$merged/a" "$merged/copy"
	assert_copied a copy
	assert_output --partial 'would break its hard links'
	links_are_whole
}

@test "without an index a fan-out uses a donor" {
	links index=off
	ovl_cp --copy-up=always --fan-out "$merged/a" "$merged/"{one,two,three}
	assert_copied a one two three
	assert_shares "$up/upper/"{one,two,three}
	assert_grown_by "$SIZE"
	links_are_whole
}

@test "without an index --reflink=always fails and reports the reason" {
	links index=off
	ovl_cp --reflink=always --copy-up=always "$merged/a" "$merged/copy"
	assert_refused a copy 'would break its hard links'
	links_are_whole
}

@test "with an index they are copied up together and cloned" {
	links index=on
	ovl_cp "$merged/a" "$merged/copy"
	assert_cloned a copy
	links_are_whole
	ovl_cp --debug "$merged/b" "$merged/second"
	assert_output --partial '(rule: clone)'
	assert_shares "$up/upper/"{copy,second}
	assert_grown_by "$SIZE"
	links_are_whole
}

@test "without a mount option the default of the module counts" {
	requires root
	parameter=/sys/module/overlay/parameters/index
	[ "$(<"$parameter")" = N ] || skip 'index is on by default'
	links '' # the default of the module, off
	ovl_cp --copy-up=always "$merged/a" "$merged/copy"
	assert_copied a copy
	links_are_whole
}

@test "on the upper layer they are cloned" {
	file_make "$low/a" "$SIZE"
	stack index=off
	: >>"$merged/a"
	ln "$merged/a" "$merged/b"
	ovl_cp --reflink=always "$merged/b" "$merged/copy"
	assert_cloned b copy
}
