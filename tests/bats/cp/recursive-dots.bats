#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# -R of "." and "..", and names that end in them.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

scene() {
	mkdir -p src/sub into work/here
	echo a >src/file
	echo b >src/sub/deep
	echo w >work/file
	echo h >work/here/file
}

# in_work COMMAND...: runs it in the directory work.
in_work() { (cd work && "$@"); }

@test "-R DIRECTORY/. makes a directory of a new name" { same_as_cp -R src/. new; }

@test "-R DIRECTORY/. copies the contents into a directory that exists" {
	same_as_cp -R src/. into
}

@test "-R DIRECTORY/./ copies the contents too" { same_as_cp -R src/.// into; }

@test "-RT DIRECTORY/. copies the contents too" { same_as_cp -RT src/. into/.; }

@test "-R DIRECTORY/.. copies the contents of the parent into a directory that exists" {
	same_as_cp -R src/sub/.. into
}

@test "-R DIRECTORY/.. makes a directory of a new name" { same_as_cp -R src/sub/.. new; }

@test "-R . copies the contents" { twin_as=in_work same_as_cp -R . ../into; }

@test "-R .. copies the contents" {
	in_here() { (cd work/here && "$@"); }
	twin_as=in_here same_as_cp -R .. ../../into
}

@test "-R into . makes the directory there" { twin_as=in_work same_as_cp -R ../src .; }

@test "-R into .. makes the directory there" { twin_as=in_work same_as_cp -R here ..; }

@test "-RT onto . merges" { twin_as=in_work same_as_cp -RT ../src .; }

@test "-R of the root of a filesystem makes a directory of its name" {
	requires overlay
	scene() { mkdir root && mount -t tmpfs none root && mkdir root/x && touch root/a; }
	same_as_cp -R root/ new
}

@test "-R DIRECTORY/. copies what is hidden too" {
	scene() {
		mkdir src into
		touch src/.hidden src/..two src/...
		mkdir src/.dir
	}
	same_as_cp -R src/. into
}

@test "-Rv DIRECTORY/. prints the names with the dot" {
	scene() { mkdir -p src into && echo a >src/file; }
	same_as_cp -Rv src/. into
}

@test "-Rv DIRECTORY/. with a new name prints the names with the dot" {
	scene() { mkdir -p src into && echo a >src/file; }
	same_as_cp -Rv src/. new
}
