#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# What -v prints, and in which order.

load ../../fixtures/common
load ../../fixtures/cp

scene() {
	echo a >a
	echo b >'b c'
	echo d >"it's"
	mkdir dir
	echo old >dir/a
}

@test "-v prints source and destination" { same_as_cp -v a new; }

@test "-v prints the name in the directory" { same_as_cp -v a 'b c' "it's" dir; }

@test "-v prints one slash after a directory with a slash" { same_as_cp -v a dir/; }

@test "-v prints the names as they were given" { same_as_cp -v ./a dir/../new; }

@test "-v prints what it removed, then source and destination" {
	same_as_cp -v --remove-destination a "it's" dir
}

@test "-v prints nothing about a source that is missing" { same_as_cp -v none new; }

@test "-v prints nothing about a file that is refused" { same_as_cp -v a a; }

@test "without -v nothing is printed" {
	same_as_cp --remove-destination a 'b c' dir
	assert_equal "$(<"$BATS_TEST_TMPDIR/ovl.out")" ''
}

@test "--debug implies -v and explains each file" {
	cd "$BATS_TEST_TMPDIR"
	scene
	ovl_cp --debug --reflink=never a 'b c' dir
	assert_success
	assert_line --index 0 "'a' -> 'dir/a'"
	assert_line --index 1 --partial 'copied by read and write: 2 bytes written, 0 shared'
	assert_line --index 2 --partial -- '--reflink=never forbids sharing'
	assert_line --index 3 "'b c' -> 'dir/b c'"
}

@test "output and messages come in the order of what happened" {
	cd "$BATS_TEST_TMPDIR"
	scene
	ovl_cp -v a none 'b c' dir
	assert_failure 1
	assert_equal "$output" "'a' -> 'dir/a'
ovl-cp: cannot stat 'none': No such file or directory
'b c' -> 'dir/b c'"
}

@test "names of one file come in the order of the directory, however the C library sorts" {
	cd "$BATS_TEST_TMPDIR" && mkdir src && echo x >src/0
	for i in {1..60}; do
		ln src/0 "src/$i"
		echo "$i" >"src/other-$i"
	done
	run "$OVL_CP" -Rv -j1 src dst
	assert_success
	listed=$(find src -mindepth 1 ! -name 'other*' -printf '%f\n')
	assert_equal "$(sed -n "s,.* -> 'dst/\([0-9]*\)'$,\1,p" <<<"$output")" "$listed"
}
