#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# -b and --backup: how the existing file is renamed.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

scene() {
	chmod 777 .
	echo source >src
	chmod 755 src
	echo old >old
	chmod 604 old
	touch -d @1 old
	mkdir into
	echo inner >into/src
	echo second >twice
	ln twice hard
	ln -s old link
	ln -s nothing gone
	echo closed >closed
	chmod 400 closed
	twin_times=1
}

@test "-b renames the file that is there" { same_as_cp -b src old; }

@test "-b makes a new file without a backup" { same_as_cp -b src new; }

@test "-b renames the file in the directory" { same_as_cp -b src into; }

@test "-b overwrites an older backup" {
	scene() { echo source >src && echo old >old && echo older >old~; }
	same_as_cp -b src old
}

@test "-bv prints the name of the backup" { same_as_cp -bv src old; }

@test "-bv prints the name of the backup in a directory" { same_as_cp -bv src into; }

@test "-b renames one of several hard links" { same_as_cp -b src hard; }

@test "-b renames a symbolic link, not what it names" { same_as_cp -b src link; }

@test "-b renames a dangling symbolic link" { same_as_cp -b src gone; }

@test "-b gives the new file the source's mode" { umask 027 && same_as_cp -b src old; }

@test "-bp gives the new file the source's attributes" { same_as_cp -bp src old; }

@test "-bf with an unwritable file needs no removal" { twin_as=as_user same_as_cp -bfv src closed; }

@test "-b with an unwritable file needs no -f" { twin_as=as_user same_as_cp -b src closed; }

@test "-b --remove-destination keeps the backup" { same_as_cp -bv --remove-destination src old; }

@test "-b -i asks first" { twin_stdin=$'y\n' same_as_cp -bi src old; }

@test "-b -u leaves a newer file alone" {
	scene() { echo source >src && echo new >new && touch -d @1 src; }
	same_as_cp -bu src new
}

@test "-b -u renames an older file" { same_as_cp -bu src old; }

@test "-b -n is refused" { same_but_words -b -n src old; } # the words changed with 9.5

@test "--backup=none -n is refused too" { same_but_words --backup=none -n src old; }

@test "-b for a missing source leaves the file alone" { same_as_cp -b none old; }

@test "-b for several sources makes one backup each" { same_as_cp -bv src twice into; }

@test "-b -T onto a directory is refused" { same_as_cp -bT src into; }

@test "-b in a directory that may not be written is refused" {
	scene() { echo a >src && mkdir ro && echo b >ro/src && chmod 555 ro; }
	twin_as=as_user same_as_cp -b src ro
}
