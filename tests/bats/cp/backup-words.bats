#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --backup=WORD, VERSION_CONTROL and the numbers of backups.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

scene() {
	echo source >src
	echo old >old
	echo numbered >num
	echo 2 >num.~2~
	echo 9 >num.~9~
	mkdir into
	echo inner >into/src
	echo 99 >into/src.~99~
}

each() { # each OPTIONS...: copies onto files with and without numbered backups
	local options to
	for options; do
		for to in old num new; do
			rm -rf "$BATS_TEST_TMPDIR"/{cp,ovl}
			# shellcheck disable=SC2086 # several words
			same_as_cp $options src $to
		done
	done
}

@test "--backup=none and off make no backup" { each --backup=none --backup=off; }

@test "--backup=numbered and t count on from the highest number" {
	each --backup=numbered --backup=t
}

@test "--backup=existing and nil count where there are numbers" {
	each --backup=existing --backup=nil
}

@test "--backup=simple and never take the suffix" { each --backup=simple --backup=never; }

@test "--backup and -b mean existing" { each --backup -b; }

@test "an empty word takes back an earlier one" {
	each '--backup=numbered --backup=' '--backup=none --backup= -b'
	VERSION_CONTROL=simple each '--backup=numbered --backup='
}

@test "a beginning of a word is enough if it is the only one" {
	each --backup=no --backup=of --backup=nu --backup=e --backup=ni --backup=s --backup=ne
}

@test "a beginning of two words is refused" { each --backup=n; }

@test "another word is refused" { each --backup=bad --backup=T; }

@test "VERSION_CONTROL is the word where --backup has none" {
	for word in none off numbered t existing nil simple never '' nu; do
		VERSION_CONTROL=$word each -b
	done
}

@test "VERSION_CONTROL does not make a backup by itself" { VERSION_CONTROL=numbered each -v; }

@test "VERSION_CONTROL does not count where --backup has a word" {
	VERSION_CONTROL=bad each --backup=simple
}

@test "an empty word is that of VERSION_CONTROL" { VERSION_CONTROL=numbered each --backup=; }

@test "an invalid VERSION_CONTROL is refused" { VERSION_CONTROL=bad each -b; }

@test "an invalid VERSION_CONTROL is ignored without -b" {
	VERSION_CONTROL=bad each -v
}

@test "the last word counts" { each '--backup=numbered --backup=simple' '-b --backup=t'; }

@test "-b after --backup=WORD keeps the word" { each '--backup=numbered -b'; }

@test "numbers of a file in a directory are counted there" {
	same_as_cp -v --backup=numbered src into
}
