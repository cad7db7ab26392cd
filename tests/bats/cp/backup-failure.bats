#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# -b when the copy then fails: the backup is renamed back.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

scene() {
	chmod 777 .
	echo secret >closed
	chmod 0 closed
	echo old >old
	echo older >old~
	mkdir dir
	echo in >dir/old
	chmod 777 dir
	echo x >x
}

as_cp() { twin_as=as_user same_as_cp "$@"; }

@test "nothing is set aside for a source that cannot be read, so an old backup stays" {
	twin_as=as_user twins -b closed old
	_agree status
	_agree err
	assert_equal "$(cd "$BATS_TEST_TMPDIR/ovl" && cat old old~)" $'old\nolder'
}

@test "the file is back if the source cannot be read, numbered" {
	as_cp --backup=numbered closed old
}

@test "-v does not mention a backup that was not made" {
	twin_as=as_user same_files_as_cp -bv closed dir/old
	assert_equal "$(<"$BATS_TEST_TMPDIR/ovl.out")" ''
}

@test "the file is back if the source is a socket" {
	requires python3
	scene() {
		echo old >old
		python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("sock")'
	}
	same_as_cp -b sock old
}

@test "the file is back if a symbolic link cannot be made" { same_as_cp -bs x dir/old; }

@test "the file is back if a hard link cannot be made" {
	requires overlay # which needs permission to mount
	scene() { echo x >x && mkdir mnt && mount -t tmpfs none mnt && echo old >mnt/old; }
	same_as_cp -bl x mnt/old
}

@test "the symbolic link is back if the source cannot be read" {
	scene() { chmod 777 . && echo s >closed && chmod 0 closed && echo x >x && ln -s x soft; }
	as_cp -b closed soft
}

@test "a device that cannot be made brings the file back" {
	requires root
	as_cp -bR /dev/null old
}

@test "a file in a tree is back if the source cannot be read, the others are copied" {
	scene() {
		mkdir -p src to/src
		echo a >src/a
		echo b >src/b
		echo olda >to/src/a
		echo oldb >to/src/b
		chmod 0 src/a
		chmod 777 to to/src
	}
	as_cp -bR src to
}
