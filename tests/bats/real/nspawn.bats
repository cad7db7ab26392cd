#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Containers of systemd-nspawn whose lower layer is read-only: erofs, squashfs.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # variables of the fixture
# needs: images

load ../../fixtures/build

setup_file() {
	build_requires loop overlay reflink:xfs systemd-nspawn || return 0
	fs_make xfs "$BATS_FILE_TMPDIR/up" 4096 && rootfs "$BATS_FILE_TMPDIR/root"
}

# contain TYPE CP STEP [ENV...]: runs STEP in a new overlay, whose upper layer is in $up/TYPE.CP; sets upper.
contain() {
	local type=$1 cp=$2 step=$3
	shift 3
	overlay_make "$BATS_TEST_TMPDIR/$cp" "$low" "$up/$type.$cp"
	growth_start "$up"
	# Its last line may be that it could not tidy up in /run.
	run systemd-nspawn -q -P --register=no --keep-unit "${@/#/--setenv=}" --setenv "PATH=/$cp" \
		-D "$BATS_TEST_TMPDIR/$cp" /bin/sh -ec "$step; echo done"
	assert_line "done"
	upper=$(growth "$up")
}

over() {
	requires "fs:$1"
	low=$BATS_TEST_TMPDIR/low
	fs_make_ro "$1" "$low" "$BATS_FILE_TMPDIR/root"
	contain "$1" gnu "$2"
	gnu_upper=$upper
	contain "$1" ovl "$2" OVL_CP_REMEMBER=yes
	diff -r "$up/$1."{gnu,ovl}/upper/work
	assert_not_exists "$up/$1.ovl/upper/app"
}

@test "over erofs: a tree copied twice takes the room of one" {
	over erofs "$TREES"
	assert_room $((gnu_upper / 2)) "$upper" 'the upper layer'
}

@test "over squashfs: a loop of 20 copies takes the room of one" {
	over squashfs "$LOOP"
	assert_room "$BIG" "$upper" 'the upper layer'
}
