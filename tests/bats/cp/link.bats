#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# -l: hard links instead of copies.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

scene() {
	chmod 777 .
	echo source >src
	chmod 640 src
	echo old >old
	ln src hard
	ln -s src soft
	ln -s nothing gone
	mkdir -p dir/sub into
	echo d >dir/file
	ln -s file dir/soft
	mkfifo fifo
	echo there >into/src
	touch -d @1 old
}

yes=$'y\n'

@test "-l makes a hard link" { same_as_cp -l src new; }

@test "--link makes a hard link" { same_as_cp --link src new; }

@test "-l makes a hard link in a directory" { same_as_cp -l src old -t dir; }

@test "-l onto a file is refused" { same_as_cp -l src old; }

@test "-l onto a file in a directory is refused" { same_as_cp -l src into; }

@test "-lf replaces a file" { same_as_cp -lf src old; }

@test "-lfv does not mention the file that it replaced" { same_as_cp -lfv src old; }

@test "-l --remove-destination replaces a file" { same_as_cp -l --remove-destination src old; }

@test "-li asks, and replaces a file" { twin_stdin=$yes same_as_cp -li src old; }

@test "-ln leaves a file alone" { same_as_cp -ln src old; }

@test "-lu of an older file is refused all the same" { same_as_cp -lu src old; }

@test "-lu leaves a newer file alone" { same_as_cp -lu old src; }

@test "-lb renames the file" { same_as_cp -lb src old; }

@test "-l onto a hard link of the source does nothing" { same_as_cp -l src hard; }

@test "-lf onto a hard link of the source does nothing" { same_as_cp -lfv src hard; }

@test "-l onto itself does nothing" { same_as_cp -l src src; }

@test "-l onto a symbolic link to the source is refused" { same_as_cp -l src soft; }

@test "-lf replaces a symbolic link to the source" { same_as_cp -lf src soft; }

@test "-l onto a dangling link is refused" { same_as_cp -l src gone; }

@test "-lf replaces a dangling link" { same_as_cp -lf src gone; }

@test "-l of a directory without -R is omitted" { same_as_cp -l dir into; }

@test "-l of a FIFO links it" { same_as_cp -l fifo new; }

@test "-l of a missing file is refused" { same_as_cp -l none new; }

@test "-l onto another filesystem is refused" {
	requires overlay
	scene() { echo a >src && mkdir mnt && mount -t tmpfs none mnt; }
	same_as_cp -l src mnt/new
}

@test "-lv prints source and destination" { same_as_cp -lv src new; }

@test "-lf tells of a name that cannot be removed where another user's file cannot be replaced" {
	requires root setpriv
	cd "$BATS_TEST_TMPDIR" && chmod 755 . && mkdir -m 1777 sticky
	echo source >sticky/src && echo old >sticky/old
	chmod 666 sticky/*
	run as_user "$OVL_CP" -lf sticky/src sticky/old
	assert_failure 1
	assert_line --regexp "^ovl-cp: cannot remove 'sticky/\.ovl-cp\.[0-9a-f]*': Operation not permitted$"
	assert_line "ovl-cp: cannot create hard link 'sticky/old' to 'sticky/src': Operation not permitted"
	assert_equal "$(<sticky/old)" old
}
