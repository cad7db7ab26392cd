#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The first examples of the manuals, and those of --help, work as they are typed.
# needs: images

load ../../fixtures/common

setup_file() {
	requires root loop overlay reflink:xfs jq || return 0
	fs_make xfs "$BATS_FILE_TMPDIR/up" 600
	mkdir -p "$BATS_FILE_TMPDIR/low/srv/site" "$BATS_FILE_TMPDIR/low/srv/copies" "$BATS_FILE_TMPDIR/low/opt" \
		"$BATS_FILE_TMPDIR/low/tree"
	cd "$BATS_FILE_TMPDIR/low" || return
	for name in base.img vm1.img big.iso big.img model.bin srv/site/file opt/base.img tree/file; do
		file_make "$name" 2M "${#name}"
	done
}

setup() {
	lab_setup
	man=$(realpath "${srcdir:-$BATS_TEST_DIRNAME/../../..}/man")
	mkdir "$BATS_FILE_TMPDIR/up/$BATS_TEST_NUMBER"
	overlay_make "$BATS_TEST_TMPDIR/merged" "$BATS_FILE_TMPDIR/low" "$BATS_FILE_TMPDIR/up/$BATS_TEST_NUMBER"
	cd "$BATS_TEST_TMPDIR/merged" || return
	mkdir "$BATS_TEST_TMPDIR/bin"
	for program in "$OVL_CP" "$OVL_STAT" "$OVL_RUN"; do
		ln -s "$(realpath "$program")" "$BATS_TEST_TMPDIR/bin/"
	done
	PATH=$BATS_TEST_TMPDIR/bin:$PATH
	cp base.img vm2.img
}

# examples PAGE: prints the commands of its section "Examples"; places are those of the test.
examples() {
	sed -n '/^\.Ss Examples/,/^\.S[hs] [^E]/p' "$man/$1" |
		sed -n 's/^\.Dl //p; /^\.Bd/,/^\.Ed/{ /^\./!p }' | sed "s/\\\\e$/\\\\/; s/^RUN //; s|/srv/|$PWD/srv/|g; s|/opt/|$PWD/opt/|"
}

# works NUMBER: runs the commands on standard input, which are at least so many, until one fails.
works() {
	cat >"$BATS_TEST_TMPDIR/commands"
	[ "$(grep -c '^ *ovl-\|^find' "$BATS_TEST_TMPDIR/commands")" -ge "$1" ]
	run bash -eo pipefail "$BATS_TEST_TMPDIR/commands"
	assert_success
}

@test "the examples of ovl-cp(1)" {
	works 5 < <(examples ovl-cp.1)
	shares_extents base.img vm.img
	shares_extents run1.bin run100.bin
	shares_extents srv/site/file srv/site.new/file
	shares_extents srv/a.img srv/c.img
}

@test "the examples of ovl-stat(1)" {
	works 5 < <(examples ovl-stat.1)
	assert_line lower
	assert_line ./model.bin
}

@test "the examples of --help" {
	rm vm?.img
	for program in ovl-cp ovl-stat; do
		works 3 < <("$program" --help | sed "1,/^Examples:/d; s|/srv/|$PWD/srv/|g" | grep '^  ovl-')
	done
	shares_extents base.img copy.img
	shares_extents tree/file copy/file
}
