#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Owners and times of symbolic links themselves.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

scene() {
	echo x >file
	touch -d @1 file
	ln -s file link
	ln -s nothing gone
	touch -h -d '2001-02-03 04:05:06.123456789' link gone
	[ "$(id -u)" != 0 ] || chown -h 3:4 link gone
	mkdir to
	chmod 777 . to
}

setup() {
	lab_setup
	twin_times=1
}

@test "-a keeps owner and times of a symbolic link" { same_as_cp -a link gone to; }

@test "-Pp keeps owner and times of a symbolic link" { same_as_cp -Pp link gone to; }

@test "-d keeps neither" { same_as_cp -d link gone to; }

@test "-P --preserve=timestamps keeps the times" {
	same_as_cp -P --preserve=timestamps link gone to
}

@test "-P --preserve=ownership keeps the owner" {
	same_as_cp -P --preserve=ownership link gone to
}

@test "-P --preserve=mode does not change what the link names" {
	same_as_cp -P --preserve=mode link gone to
}

@test "-a as an ordinary user keeps the times" { twin_as=as_user same_as_cp -a link gone to; }

@test "-a of a symbolic link replaces one that exists" {
	scene() { ln -s file link && touch -h -d @5 link && mkdir to && ln -s other to/link; }
	same_as_cp -a link to
}

@test "-a of a symbolic link keeps the time of access" {
	cd "$BATS_TEST_TMPDIR"
	ln -s nothing link
	touch -h -a -d '2001-02-03 04:05:06.123456789' link
	ovl_cp -a link new
	assert_success
	assert_equal "$(stat -c %.9X new)" 981173106.123456789
}

@test "-s -p does not change what the link names" {
	scene() { echo x >file && touch -d @7 file; }
	same_as_cp -sp file new
}

@test "-p of a symbolic link keeps owner and times of what it names" { same_as_cp -p link to; }
