#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# -i: more prompts, and prompts in trees.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

scene() {
	chmod 777 .
	mkdir -p src/sub to/src/sub
	echo new >src/sub/x
	echo old >to/src/sub/x
	echo f >f
	echo closed >closed
	chmod 4 closed
	chmod 777 to/src/sub
	ln -s f soft
	ln -s f oldsoft
	mkfifo fifo
}

yes=$'y\n' no=$'n\n'

# declines ARG...: answers no. The status of cp 9.1 is 0; that of later versions and of ovl-cp is 1.
declines() {
	twin_stdin=$no twins "$@"
	_agree tree
	_agree out
	_agree err
	assert_equal "$(<"$BATS_TEST_TMPDIR/ovl.status")" 1
}

@test "-iR asks about each file that exists, not about directories" {
	twin_stdin=$yes same_as_cp -iR src to
}

@test "-iR takes no for no" { declines -iR src to; }

@test "-iR asks nothing where nothing exists" { same_as_cp -iR src new; }

@test "-iR of a directory onto a file is refused without a question" { same_as_cp -iR src f; }

@test "-iRT of a file onto a directory is refused after a question, as cp does" {
	twin_stdin=$yes same_but_words -iRT f src
}

@test "-ia asks before it replaces a symbolic link" { twin_stdin=$yes same_as_cp -ia soft oldsoft; }

@test "-ia that is answered with no leaves a symbolic link" { declines -ia soft oldsoft; }

@test "-iR asks before it replaces a file by a FIFO" { twin_stdin=$yes same_as_cp -iR fifo f; }

@test "-il that is answered with no leaves the file" { declines -il f closed; }

@test "-ib that is answered with no makes no backup" { declines -ib f closed; }

@test "-i --remove-destination that is answered with no leaves the file" {
	declines -i --remove-destination f closed
}

@test "-i --attributes-only asks" { twin_stdin=$yes same_as_cp -ip --attributes-only f closed; }

@test "-i --parents asks about the file" {
	scene() { mkdir -p a to/a && echo new >a/x && echo old >to/a/x; }
	twin_stdin=$yes same_as_cp -i --parents a/x to
}

@test "-i asks with the mode of a file that may not be written" {
	scene() { chmod 777 . && mkdir -m 777 to && echo n >x && echo o >to/x && chmod 4451 to/x; }
	twin_as=as_user twin_stdin=$no twins -i x to
	_agree err
}

@test "-if asks with the mode of a file that may not be written" {
	scene() { chmod 777 . && mkdir -m 777 to && echo n >x && echo o >to/x && chmod 444 to/x; }
	twin_as=as_user twin_stdin=$yes same_but_words -if x to
}
