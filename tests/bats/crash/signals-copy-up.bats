#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Signals at random moments of copies that make copy-ups.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # variables of the fixture
# needs: images

load ../../fixtures/common
load ../../fixtures/crash

setup() {
	lab=$BATS_TEST_TMPDIR/lab truth=$BATS_TEST_TMPDIR/truth
	mkdir "$lab"
}

only_new=na

# each_signal ALLOWED SHORT LONG: so often for each of the signals.
each_signal() {
	for signal in INT TERM HUP; do signalled "$signal" "$1" "$(runs "$2" "$3")"; done
}

# new_overlay: restore, for an overlay on which the source was not copied up yet.
new_overlay() {
	cd "$BATS_TEST_TMPDIR" || return
	# what a process that was killed had open is closed a little later
	! mountpoint -q merged || until_true umount merged 2>/dev/null
	rm -rf up/upper up/work
	overlay_make "$BATS_TEST_TMPDIR/merged" "$lab" "$BATS_TEST_TMPDIR/up"
	cd merged && restore
}

# overlays SCENARIO: each copy is made on a new overlay.
overlays() {
	requires loop overlay reflink:xfs
	fs_make xfs "$BATS_TEST_TMPDIR/up"
	scenario "$1"
	prepare=new_overlay
}

@test "a signal during a copy-up leaves no file, and the source as it is" {
	overlays clone
	each_signal $only_new 4 40
	signalled KILL naept "$(runs 4 60)"
}

@test "a signal while two threads copy up leaves complete files only" {
	overlays tree
	args=(-j2 -a -T --copy-up=always src dest)
	each_signal $only_new 3 30
}
