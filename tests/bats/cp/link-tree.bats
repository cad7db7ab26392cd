#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# -l with directories, with symbolic links, and with other options.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

scene() {
	mkdir -p dir/sub into/dir
	echo d >dir/file
	echo s >dir/sub/deep
	ln dir/file dir/hard
	ln -s file dir/soft
	ln -s sub dir/dirlink
	mkfifo dir/fifo
	chmod 700 dir/sub
	ln -s dir/file soft
	ln -s nothing gone && ln -s dir dirlink
}

@test "-lR links what symbolic links name, -lRP the links" {
	same_as_cp -lR dir new
	rm -rf "$BATS_TEST_TMPDIR"/{cp,ovl}
	same_as_cp -lRP dir new
}

@test "-lR merges into directories" { same_as_cp -lR dir into; }

@test "-la keeps the attributes of directories" {
	twin_times=1
	scene() { mkdir -p dir/sub && echo a >dir/sub/x && touch -d @5 dir/sub/x dir/sub dir; }
	same_as_cp -la dir new
}

@test "-lR onto an existing tree reports the files in the way" {
	scene() { mkdir -p dir into/dir && echo a >dir/x && echo b >into/dir/x; }
	same_as_cp -lR dir into
}

@test "-lRf replaces what is in the way" {
	scene() { mkdir -p dir into/dir && echo a >dir/x && echo b >into/dir/x; }
	same_as_cp -lRf dir into
}

@test "-lR refuses a dangling link" {
	scene() { mkdir dir && ln -s nothing dir/gone; }
	same_as_cp -lR dir new
}

@test "-lR twice changes nothing" {
	scene() { mkdir dir && echo a >dir/x && cp -lR dir new; }
	same_as_cp -lRT dir new
}

@test "-l of a symbolic link links the file" { same_as_cp -l soft new; }

@test "-l of a dangling link is refused" { same_as_cp -l gone new; }

@test "-lP of a dangling link links it" { same_as_cp -lP gone new; }

@test "-l of a link to a directory is omitted without -R" { same_as_cp -l dirlink new; }

@test "-lP of a link to a directory links it" { same_as_cp -lP dirlink new; }

@test "-lRL links the files that symbolic links name" {
	scene() { mkdir dir && echo a >file && ln -s ../file dir/soft && ln -s ../file dir/too; }
	same_as_cp -lRL dir new
}

@test "-l with -s is refused" { same_but_words -l -s soft new; }

@test "-l --parents makes the directories" { same_as_cp -l --parents dir/sub/deep into; }

@test "-lp does not change the file" { same_as_cp -lp dir/file new; }

@test "-l of a file that may not be read is made" {
	scene() { chmod 777 . && echo a >src && chmod 666 src; }
	twin_as=as_user same_as_cp -l src new
}
