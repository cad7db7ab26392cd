#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# -n with trees, and with other types than regular files.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

scene() {
	mkdir -p src/sub to/src/sub
	echo new >src/x
	echo newer >src/sub/x
	echo old >to/src/x
	echo only >src/sub/only
	ln -s new src/soft
	ln -s old to/src/soft
	mkfifo src/fifo
	touch to/src/fifo
}

@test "-nR merges trees, and leaves alone what exists" { same_as_cp -nR src to; }

@test "-na does so too" { same_as_cp -na src to; }

@test "-nRv prints what it created" {
	scene() { mkdir -p src to/src && touch src/a src/b to/src/a; }
	same_as_cp -nRv src to
}

@test "-nR refuses to write through a dangling link" {
	scene() { mkdir -p src to/src && touch src/a src/b && ln -s nothing to/src/a; }
	same_as_cp -nR src to
}

@test "-nR of a directory onto a file in a tree is refused all the same" {
	scene() { mkdir -p src/x to/src && touch to/src/x; }
	same_as_cp -nR src to
}

@test "-nR of a file onto a directory in a tree leaves it alone" {
	scene() { mkdir -p src to/src/x && touch src/x; }
	same_as_cp -nR src to
}

@test "-nRp gives directories that exist the source's attributes" {
	scene() { mkdir -p src to/src && chmod 700 src && touch src/a to/src/a; }
	same_as_cp -nRp src to
}

@test "-nR does not hide what cannot be read" {
	scene() { mkdir src && touch src/a && chmod 0 src/a && chmod 777 .; }
	twin_as=as_user same_as_cp -nR src new
}

@test "-n --parents leaves a file alone" {
	scene() { mkdir -p a to/a && echo new >a/x && echo old >to/a/x; }
	same_as_cp -n --parents a/x to
}

@test "--update=none -R merges trees, and leaves alone what exists" {
	cd "$BATS_TEST_TMPDIR" && scene
	ovl_cp --update=none -R src to
	assert_success
	assert_output ''
	assert_equal "$(cat to/src/x to/src/sub/x to/src/sub/only)" $'old\nnewer\nonly'
	assert_equal "$(readlink to/src/soft)" old
}

@test "--update=none-fail -R reports existing files and creates the rest" {
	cd "$BATS_TEST_TMPDIR"
	mkdir -p src to/src
	touch src/a src/b
	echo old >to/src/a
	ovl_cp --update=none-fail -R src to
	assert_failure 1
	assert_output "ovl-cp: not replacing 'to/src/a'"
	assert_exists to/src/b
}
