#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --keep-directory-symlink, which is new in cp 9.5: without it as cp, with it by its documentation.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

scene() {
	mkdir -p src/dir/sub to/src real
	echo new >src/dir/x
	echo old >real/x
	ln -s ../../real to/src/dir
}

# keeping ARG...: copies with the option.
keeping() {
	cd "$BATS_TEST_TMPDIR" && scene
	ovl_cp --keep-directory-symlink "$@"
}

@test "without it a directory does not replace a link to a directory" { same_as_cp -R src to; }

@test "with it the directory is copied into the one that the link names" {
	keeping -R src to
	assert_success
	assert_output ''
	assert_equal "$(readlink to/src/dir)" ../../real
	assert_equal "$(<real/x)" new
	assert_dir_exists real/sub
}

@test "with it and -a the directory that the link names gets the source's attributes" {
	cd "$BATS_TEST_TMPDIR" && scene
	chmod 700 src/dir
	touch -d '2001-02-03 04:05:06.7' src/dir
	ovl_cp -a --keep-directory-symlink src to
	assert_success
	assert_equal "$(readlink to/src/dir)" ../../real
	assert_equal "$(stat -c %a:%.1Y real)" 700:981173106.7
}

@test "with it and -T the destination itself may be a link" {
	cd "$BATS_TEST_TMPDIR" && scene
	ovl_cp -RT --keep-directory-symlink src/dir to/src/dir
	assert_success
	assert_equal "$(<real/x)" new
	assert_equal "$(readlink to/src/dir)" ../../real
}

@test "with it a link to a file is still refused" {
	scene() { mkdir -p src/dir to/src && touch file && ln -s ../../file to/src/dir; }
	keeping -R src to
	assert_failure 1
	assert_output "ovl-cp: cannot overwrite non-directory 'to/src/dir' with directory 'src/dir'"
}

@test "with it a dangling link is still refused" {
	scene() { mkdir -p src/dir to/src && ln -s nothing to/src/dir; }
	keeping -R src to
	assert_failure 1
	assert_output "ovl-cp: cannot overwrite non-directory 'to/src/dir' with directory 'src/dir'"
}

@test "with it a symbolic link replaces a link to a directory, as without it" {
	scene() { mkdir -p src to/src real && ln -s new src/l && ln -s ../../real to/src/l; }
	keeping -R src to
	assert_success
	assert_equal "$(readlink to/src/l)" new
}

@test "with it a file does not replace a link to a directory" {
	scene() { mkdir -p src to/src real && touch src/l && ln -s ../../real to/src/l; }
	keeping -R src to
	assert_failure 1
	assert_output "ovl-cp: cannot overwrite directory 'to/src/l' with non-directory 'src/l'"
}

@test "with it the link is kept by whatever else is given; for a file alone it means nothing" {
	for how in -b -lf --remove-destination '-b --remove-destination'; do
		rm -rf "$BATS_TEST_TMPDIR"/{src,to,real}
		# shellcheck disable=SC2086 # words
		keeping $how -R src to
		assert_success
		assert_equal "$(readlink to/src/dir)" ../../real
		assert_equal "$(<real/x)" new
	done
	ovl_cp --keep-directory-symlink src/dir/x new
	assert_success
	assert_output ''
}
