#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Data-only layers, and overlays of ordinary users.
# shellcheck disable=SC2016,SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay
load ../../fixtures/look

setup_file() { stack_file ext4 xfs "$LOOK"; }

@test "a file of a data-only layer is on a lower layer, and after a chmod only its data is" {
	mkdir "$low/data"
	file_make "$low/data/file" "$SIZE"
	mkdir "$up/low" # metadata with a redirect to it
	truncate -s "$SIZE" "$up/low/file"
	setfattr -n trusted.overlay.metacopy "$up/low/file"
	setfattr -n trusted.overlay.redirect -v /file "$up/low/file"
	low=$up/low::$low/data
	stack metacopy=on,redirect_dir=on 2>/dev/null || cannot_run 'the kernel has no data-only layers'
	assert_layer lower "$merged/file"
	chmod 600 "$merged/file"
	assert_layer metadata "$merged/file"
	: >>"$merged/file"
	assert_layer upper "$merged/file"
}

@test "in an overlay that a user has mounted" {
	requires userns setpriv
	chmod 755 "$BATS_TEST_TMPDIR"
	cp "$LOOK" "$BATS_TEST_TMPDIR/look"
	file_make "$low/own" 10K
	file_make "$low/other" 10K
	chown 65534:65534 "$low/own"
	mkdir -p "$merged" "$up/"{upper,work}
	chown 65534:65534 "$up/"{upper,work}
	run as_user unshare -Urm sh -ec 'mount -t overlay -o "$2" overlay "$1"; cd "$1"
		echo x >new; exec "$3" own other new' \
		sh "$merged" "userxattr,lowerdir=$low,upperdir=$up/upper,workdir=$up/work" \
		"$BATS_TEST_TMPDIR/look"
	assert_output $'lower\nunclear\nupper'
}
