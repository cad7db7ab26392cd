#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# -f, -n and -i.
# shellcheck disable=SC2317 # scene is called by the fixture

load ../../fixtures/common
load ../../fixtures/cp

scene() {
	chmod 777 .
	echo source >src
	echo an old file >old
	echo secret >closed
	chmod 0 closed
	mkdir dir ro
	echo old too >dir/src
	echo there >ro/src
	chmod 444 ro/src
	chmod 555 ro
	ln -s nothing dangling
}

no=$'n\n' yes=$'y\n'

@test "an unwritable destination is refused without -f" {
	twin_as=as_user same_as_cp src closed
}

@test "-f removes an unwritable destination and makes a new one" {
	twin_as=as_user same_as_cp -f src closed
	assert_equal "$(<"$BATS_TEST_TMPDIR/ovl/closed")" source
}

@test "-fv prints what it removed before what it copies" {
	twin_as=as_user same_tree_as_cp -fv src closed # cp 9.1 prints this after it has opened the file
	assert_equal "$(<"$BATS_TEST_TMPDIR/ovl.out")" "removed 'closed'"$'\n'"'src' -> 'closed'"
}

@test "-f overwrites a writable destination in place" { same_as_cp -f src old; }

@test "-f in a directory that may not be written is refused" {
	twin_as=as_user same_as_cp -f src ro
}

@test "-n leaves an existing file alone" { same_as_cp -n src old; }

@test "-n leaves an existing file in a directory alone and copies the others" {
	same_as_cp -n src old dir
}

@test "-n makes a new file" { same_as_cp -n src new; }

@test "-n leaves a dangling symbolic link alone" { same_tree_as_cp -n src dangling; }

@test "-nv prints nothing" { same_as_cp -nv src old; }

@test "-n does not hide that the source is missing" { same_as_cp -n none old; }

@test "-i asks, and yes overwrites" { twin_stdin=$yes same_as_cp -i src old; }

@test "-i asks by the name in the directory" { twin_stdin=$yes same_as_cp -iv src dir; }

@test "-i makes a new file without asking" { same_as_cp -i src new; }

@test "-i asks differently about a file that may not be written" {
	twin_as=as_user twin_stdin=$yes same_as_cp -i src closed
}

@test "-i with -f removes what may not be written after a yes" {
	twin_as=as_user twin_stdin=$yes same_but_words -if src closed
}

@test "-i takes a word that begins with y for yes" {
	twin_stdin=$'Yes, please\n' same_as_cp -i src old
}

# declines ARG...: the status of cp 9.1 is 0, that of later versions and of ovl-cp is 1.
declines() {
	twins "$@"
	_agree tree
	_agree err
	assert_equal "$(<"$BATS_TEST_TMPDIR/ovl.status")" 1
}

@test "-i takes no for no, and the exit status is 1" { twin_stdin=$no declines -i src old; }

@test "-i takes the end of the input for no" { declines -i src old; }

@test "-i takes an empty line for no" { twin_stdin=$'\n' declines -i src old; }

@test "-i takes anything else for no" { twin_stdin=$'ny\n' declines -i src old; }

@test "-i asks about each file, one answer a line" {
	twin_stdin=$no$yes declines -iv src old dir
	assert_equal "$(<"$BATS_TEST_TMPDIR/ovl.out")" "'old' -> 'dir/old'"
}

@test "the last of -n and -i wins: -i" { twin_stdin=$yes same_as_cp -n -i src old; }

@test "the last of -n and -i wins: -n" { twin_stdin=$yes same_as_cp -i -n src old; }


running() {
	echo source >src
	cp "$(command -v sleep)" prog
	./prog 100 3>&- &
	pid=$!
	until_true test "/proc/$pid/exe" -ef prog
}

@test "a program that runs is refused without -f" {
	cd "$BATS_TEST_TMPDIR"
	running
	ovl_cp src prog
	kill "$pid"
	assert_failure 1
	assert_output "ovl-cp: cannot create regular file 'prog': Text file busy"
	cmp prog "$(command -v sleep)"
}

@test "a program that runs is replaced with -f, and runs on" {
	cd "$BATS_TEST_TMPDIR"
	running
	ovl_cp -f src prog
	kill "$pid"
	assert_success
	cmp src prog
}
