#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --sparse and --reflink together.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

scene() {
	truncate -s 100K src
	seq 10 >>src
	echo old >old
	mkdir dir
}

@test "--reflink=always with --sparse=always is refused" {
	same_but_words --reflink=always --sparse=always src new
}

@test "--reflink with --sparse=always is refused" {
	same_but_words --reflink --sparse=always src new
}

@test "--reflink with --sparse=never is refused" {
	same_but_words --reflink --sparse=never src new
}

@test "--reflink with --sparse=auto is not" {
	twins --reflink --sparse=auto src new # whether it can be cloned depends on the filesystem
	assert_equal "$(grep -c sparse "$BATS_TEST_TMPDIR/ovl.err")" 0
}

@test "--reflink=auto with --sparse=always is not" {
	same_as_cp --reflink=auto --sparse=always src new
}

@test "--reflink=never with --sparse=always is not" {
	same_as_cp --reflink=never --sparse=always src new
}

@test "--sparse needs a value" { same_as_cp src new --sparse; }

@test "--sparse takes a beginning of a word" {
	for word in a al au n nev always auto never; do
		rm -rf "$BATS_TEST_TMPDIR"/{cp,ovl}
		same_as_cp --sparse=$word src new
	done
}

@test "--sparse with another word is refused" {
	for word in bad '' Always; do
		rm -rf "$BATS_TEST_TMPDIR"/{cp,ovl}
		same_as_cp --sparse=$word src new
	done
}
