#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --strip-trailing-slashes: the slashes after a source.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

scene() {
	mkdir -p dir into
	echo x >dir/x
	echo file >file
	ln -s dir link
	ln -s file soft
	ln -s nothing gone
}

@test "a file with slashes is copied" { same_as_cp --strip-trailing-slashes file// into; }

@test "a beginning of the option is enough" { same_as_cp --strip file/ into; }

@test "slashes are left where the destination is not a directory, as by cp" {
	same_as_cp --strip-trailing-slashes file/ new
}

@test "a directory with slashes is copied" { same_as_cp --strip-trailing-slashes -R dir// into; }

@test "a link to a directory with a slash is the link" {
	same_as_cp --strip-trailing-slashes -R link/ into
}

@test "a link to a directory with a slash, without the option, is the directory" {
	same_as_cp -R link/ into
}

@test "a link to a file with a slash is the file" {
	same_as_cp --strip-trailing-slashes soft/ into
}

@test "a link to a file with a slash and -P is the link" {
	same_as_cp --strip-trailing-slashes -P soft/ gone/ into
}

@test "messages have the name without the slashes" {
	same_as_cp --strip-trailing-slashes dir/ none/ file/ into
}

@test "-v has the name without the slashes" { same_as_cp --strip-trailing-slashes -v file/ into; }

@test "the root is not stripped to nothing" { same_as_cp --strip-trailing-slashes // into; }

@test "--parents takes the name without the slashes" {
	same_as_cp --strip-trailing-slashes --parents -R dir/ into
}

@test "-s makes a link without the slashes" {
	same_as_cp --strip-trailing-slashes -s dir/x/ .
}

@test "slashes in -t DIRECTORY stay" {
	same_as_cp --strip-trailing-slashes -v file/ -t into//
}

@test "a fan-out strips its source, whatever the destinations are" {
	cd "$BATS_TEST_TMPDIR" && scene
	ovl_cp -P --strip-trailing-slashes --fan-out soft/ into new
	assert_success
	[ -L into/soft ]
	[ -L new ]
}
