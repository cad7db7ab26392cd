#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# One tree to many destinations: what cannot be cloned is written to the first and cloned to others.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay

setup_file() { stack_file ext4 xfs fs:btrfs; }

# tree_in DIR [stack]: creates src in DIR, and changes to DIR; with "stack", DIR is the lower layer.
tree_in() {
	mkdir -p "$1/src/sub"
	file_make "$1/src/small" 4096
	file_make "$1/src/sub/big" 17M
	ln "$1/src/small" "$1/src/sub/link"
	touch -d 2002-03-04 "$1/src/"{sub,}
	[ $# = 1 ] || stack index=off
	if [ $# = 1 ]; then cd "$1"; else cd "$merged"; fi || return
	growth_start .
}

# shared DEST...: each must be a copy of src, and share the data of the big file with the first one.
shared() {
	for copy; do diff -r --exclude=in src "$copy" || fail "$copy is not complete"; done
	[ "$PWD" != "$merged" ] || set -- "${@/#/$up/upper/}"
	assert_shares "${@/%//sub/big}"
}

# fan_out MB ARG...: the filesystem must grow by MB; with -a each copy must have the hard links.
fan_out() {
	ovl_cp --fan-out "${@:2}" src one two three
	assert_success
	assert_grown_by $(($1 << 20)) .
	assert_not_exists "$up/upper/src" # nothing was copied up
	[ "$2" = -a ] || return 0
	assert_equal "$(stat -c %h:%Y {one,two,three}/{small,sub/link} | uniq)" 2:981173106
	assert_equal "$(stat -c %i {one,two,three}/{small,sub/link} | uniq | wc -l)" 3
	assert_equal "$(stat -c %Y {one,two,three}{,/sub} | uniq)" 1015200000
}

@test "-R writes the data once" { tree_in "$low" stack; fan_out 17 -R; shared one two three; }
@test "-a writes the data once" { tree_in "$low" stack; fan_out 17 -a; shared one two three; }
@test "on xfs all is shared with the source" { tree_in "$up"; fan_out 0 -a; shared src one two; }
@test "on ext4 each copy is written" { tree_in "$low"; fan_out 51 -a; diff -r src three; }

@test "--copy-up=always copies up once what it may, and clones that" {
	tree_in "$low" stack
	ovl_cp -R --copy-up=always --fan-out src one two
	assert_cloned src/sub/big {one,two}/sub/big
	assert_not_copied_up src/small # which would break its hard links
	shared one two
	assert_grown_by $((17 << 20))
}

@test "existing directories of a list are entered, or with -T merged" {
	tree_in "$low" stack
	mkdir one two
	ovl_cp -R --fan-out --dests-from=<(printf '%s\n' one two three) src
	shared one/src two/src three
	ovl_cp -RT --fan-out src one two
	cmp src/sub/big two/sub/big
}

@test "places that cannot be made, or are inside the source, leave the others whole" {
	tree_in "$low" stack
	ovl_cp -R --fan-out src /proc/version one no/dir src/in two
	assert_failure 1
	assert_line "ovl-cp: cannot overwrite non-directory '/proc/version' with directory 'src'"
	assert_line "ovl-cp: cannot copy a directory, 'src', into itself, 'src/in'"
	shared one src/in two
}

@test "from ext4 to xfs and btrfs, each of the two has a donor" {
	fs_make btrfs "$BATS_TEST_TMPDIR/btrfs"
	tree_in "$low"
	ovl_cp -a --fan-out src {"$up","$BATS_TEST_TMPDIR/btrfs"}/{one,two}
	shared "$up/"{one,two}
	shared "$BATS_TEST_TMPDIR/btrfs/"{one,two}
}
