#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Long options, complete and abbreviated, of which other files use the short form.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

scene() {
	mkdir -p dir to/dir
	echo a >a
	echo b >b
	echo x >dir/x
	ln -s a link
}

@test "--interactive asks as -i" { twin_stdin=$'y\n' same_as_cp --interactive a b; }
@test "--inter, too" { twin_stdin=$'y\n' same_as_cp --inter a b; }
@test "--no-clobber leaves alone as -n" { same_as_cp --no-clobber a b; }
@test "--no-clobber after --interactive counts" { same_as_cp --interactive --no-clobber a b; }
@test "--no-target-directory is -T" { same_as_cp -R --no-target-directory dir to; }
@test "--no-t is, too" { same_as_cp -R --no-t dir to/dir; }
@test "--verbose is -v" { same_as_cp --verbose a dir/x b to; }
@test "--verb is, too" { same_as_cp --verb a b; }
@test "--archive is -a" { same_as_cp --archive dir link to; }
@test "--recursive is -R" { same_as_cp --recursive dir link to; }
@test "--force and --link" { same_as_cp --force --link a b; }
@test "--symbolic-link" { same_as_cp --symbolic-link a c; }
@test "--dereference and --no-dereference: the last counts" {
	same_as_cp --no-dereference --dereference link c
}
@test "--no- is ambiguous" { same_files_as_cp --no- a b; }

@test "--version names the program and succeeds" {
	ovl_cp --version a
	assert_success
	assert_line --index 0 --regexp '^ovl-cp '
	ovl_cp --vers
	assert_success
}

@test "--help goes to standard output and succeeds" {
	ovl_cp_split --help nonsense
	assert_success
	assert_line --index 0 --partial 'Usage: '
	assert_equal "${stderr-}" ''
}
