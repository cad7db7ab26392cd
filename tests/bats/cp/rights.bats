#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# What an ordinary user may not do.
# shellcheck disable=SC2317 # scene is called by the fixture

load ../../fixtures/common
load ../../fixtures/cp

scene() {
	chmod 777 .
	echo good >good
	echo secret >secret
	chmod 0 secret
	mkdir closed ro open unlisted
	echo x >closed/x
	echo x >ro/x
	chmod 644 closed ro/x
	chmod 555 ro
	echo x >unlisted/x
	chmod 711 unlisted
	chmod 777 open
	echo mine >writeonly
	chmod 222 writeonly
}

as_cp() {
	twin_as=as_user same_as_cp "$@"
}

# as_cp_but ARG...: the same, but other words: cp reports that stat() of the destination failed.
as_cp_but() {
	twin_as=as_user same_but_words "$@"
}

@test "a source that may not be read is refused" { as_cp secret new; }

@test "a source that may not be read does not keep the others from being copied" {
	as_cp secret good open
}

@test "a source in a directory that may not be searched is refused" { as_cp closed/x new; }

@test "a source in a directory that may not be listed is copied" { as_cp unlisted/x new; }

@test "a destination in a directory that may not be searched is refused" {
	as_cp_but good closed/new
}

@test "an existing destination in a directory that may not be searched is refused" {
	as_cp_but good closed/x
}

@test "a directory that may not be searched is refused" { as_cp_but good closed; }

@test "a directory that may not be searched is refused as -t" {
	as_cp_but -t closed good
}

@test "a new file in a directory that may not be written is refused" { as_cp good ro/new; }

@test "a new file in a directory that may not be written is refused with -f" {
	as_cp -f good ro/new
}

@test "a file that may not be written is refused" { as_cp good ro/x; }

@test "--remove-destination in a directory that may not be written is refused" {
	as_cp --remove-destination good ro/x
}

@test "--remove-destination does not remove a file for a source that may not be read" {
	twin_as=as_user twins --remove-destination secret good # cp 9.1 removes it
	says "cannot open 'secret' for reading: Permission denied"
	assert_equal "$(<"$BATS_TEST_TMPDIR/ovl/good")" good
}

@test "a destination that may be written but not read is overwritten" { as_cp good writeonly; }

@test "a read-only filesystem is refused" {
	requires overlay
	scene() {
		echo a >src
		mkdir mnt
		mount -t tmpfs -o size=1M tmpfs mnt
		echo b >mnt/x
		mount -o remount,ro mnt
	}
	for to in mnt/new mnt/x mnt; do
		umount "$BATS_TEST_TMPDIR"/{cp,ovl}/mnt 2>/dev/null || :
		rm -rf "$BATS_TEST_TMPDIR"/{cp,ovl}
		same_as_cp src $to
	done
}

@test "an immutable destination is refused, also with -f" {
	requires root chattr
	cd "$BATS_TEST_TMPDIR"
	echo a >src
	echo old >fixed
	chattr +i fixed || cannot_run 'no immutable files here'
	ovl_cp -f src fixed
	chattr -i fixed
	assert_failure 1
	assert_output "ovl-cp: cannot remove 'fixed': Operation not permitted"
	assert_equal "$(<fixed)" old
}
