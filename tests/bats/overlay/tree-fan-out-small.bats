#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Small files of a tree that goes to many destinations: where writing them is faster, they are written.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay

setup_file() { stack_file ext4 xfs; }

# small_in DIR: creates src with a file of 4 KiB in DIR, and changes to DIR.
small_in() {
	mkdir -p "$1/src" && cd "$1" || return
	file_make src/small 4096
}

@test "from another filesystem a small file is written to each of a few places" {
	small_in "$low"
	ovl_cp -R --fan-out src "$up/"{1..33}
	assert_success
	cmp src/small "$up/33/small"
	assert_equal "$(shared_bytes "$up/1/small" "$up/33/small")" 0
	assert_equal "$(shared_bytes "$up/1/small" "$up/2/small")" 0
}

@test "and to many it is cloned from the first" {
	small_in "$low"
	ovl_cp -R --fan-out src "$up/"{1..34}
	assert_success
	assert_shares "$up/"{1,2,34}/small
}

@test "one of 64 KiB is written to two places, a larger one is cloned" {
	small_in "$low"
	file_make src/most 65536
	file_make src/more 65537
	ovl_cp -R --fan-out src "$up/"{1,2}
	assert_success
	assert_equal "$(shared_bytes "$up/1/most" "$up/2/most")" 0
	assert_shares "$up/"{1,2}/more
}

@test "--explain says so" {
	small_in "$low"
	ovl_cp -R --explain --fan-out src "$up/"{1,2}
	assert_success
	assert_output --partial '(rule '
	refute_output --partial 'rule donor'
}

@test "what can be cloned from the source is, also if it is small" {
	small_in "$up"
	ovl_cp -R --fan-out src one two
	assert_shares {src,one,two}/small
}

@test "--copy-up=always and --reflink=always share small files, too" {
	small_in "$low"
	cp -r src more
	stack && cd "$merged"
	ovl_cp -R --copy-up=always --fan-out src one two
	assert_shares "$up/upper/"{one,two}/small
	ovl_cp -R --reflink=always --fan-out more three four
	assert_shares "$up/upper/"{three,four}/small
}
