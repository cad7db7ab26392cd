#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The times and owners of directories.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

scene() {
	mkdir -p src/sub/empty to old/src
	echo x >src/sub/x
	touch -d '2001-02-03 04:05:06.123456789' src/sub/x
	touch -d '2002-02-03 04:05:06.123456789' src/sub/empty
	touch -d '2003-02-03 04:05:06.123456789' src/sub
	touch -d '2004-02-03 04:05:06.123456789' src
	touch -d '2005-02-03 04:05:06.123456789' old/src
	touch -d '1905-02-03 04:05:06' to
	[ "$(id -u)" != 0 ] || chown -R 3:4 src
	chmod 777 . to
}

setup() {
	lab_setup
	twin_times=1
}

@test "-R gives new directories the time of the copying" { same_as_cp -R src to; }

@test "-Rp gives new directories the source's times, after their contents" {
	same_as_cp -Rp src to
}

@test "-a does so too" { same_as_cp -a src to; }

@test "-a --no-preserve=timestamps does not" { same_as_cp -a --no-preserve=timestamps src to; }

@test "-a gives existing directories the source's times" { same_as_cp -a src old; }

@test "-R --preserve=ownership gives new directories the source's owner" {
	same_as_cp -R --preserve=ownership src to
}

@test "-R leaves owner and group of existing directories alone" {
	requires root
	scene() { mkdir -p src to/src && chown 3:4 src && chown 5:6 to/src; }
	same_as_cp -R src to
}

@test "-Rp changes owner and group of existing directories" {
	requires root
	scene() { mkdir -p src to/src && chown 3:4 src && chown 5:6 to/src && chmod 2711 src; }
	same_as_cp -Rp src to
}

@test "-a as an ordinary user keeps times and modes, and prints no message about owners" {
	twin_as=as_user same_as_cp -a src to
}

@test "-a keeps the time of access of directories and files" {
	cd "$BATS_TEST_TMPDIR"
	mkdir src
	echo x >src/x
	touch -a -d '2001-02-03 04:05:06.123456789' src/x src
	ovl_cp -a src new
	assert_success
	assert_equal "$(stat -c %.9X new new/x)" \
		$'981173106.123456789\n981173106.123456789'
}

@test "-a of the contents gives the directory they go to the source's times" {
	same_as_cp -a src/. to
}

@test "-aT onto an existing directory gives it the source's times" { same_as_cp -aT src to; }

@test "-a into a directory does not change the time of another" {
	scene() { mkdir -p src to/src to/other && touch -d @9 src to/src to/other to; }
	same_as_cp -a src to
}
