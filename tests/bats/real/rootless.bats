#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Image builds by an ordinary user, on overlays of the kernel (userxattr) and on fuse-overlayfs.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # variables of the fixture
# needs: images

load ../../fixtures/build

owner=as_user

# newuidmap reads the numbers that the user may use in /etc; this mount namespace belongs to the test.
setup_file() {
	local ids=$BATS_FILE_TMPDIR/ids
	requires root newuidmap userns || return 0
	[ -e /etc/subuid ] || build_cannot_run 'no /etc/subuid' || return 0
	echo 65534:100000:65536 >"$ids"
	mount --bind "$ids" /etc/subuid && mount --bind "$ids" /etc/subgid
	owner='' build_file || return
	mkdir -m 700 /dev/shm/ovl-cp-0 # of root, who is another user 0
	[ -e "$BATS_FILE_TMPDIR/.skip" ] || chown -R 65534:65534 "$BATS_FILE_TMPDIR/low/store"
}

@test "on an overlay of the kernel a tree copied twice takes the room of one" {
	build_both "$TREES" OVL_CP_REMEMBER=yes
	assert_dir_exists /dev/shm/ovl-cp-65534
	assert_room $((gnu_upper / 2)) "$upper" 'the upper layer'
}

@test "on fuse-overlayfs, which cannot clone, the layer is what it is with cp" {
	requires fuse-overlayfs
	storage "$graph" "$BATS_FILE_TMPDIR/low/store" 'mount_program="/usr/bin/fuse-overlayfs"'
	build_both "$LOOP" OVL_CP_REMEMBER=yes
	[ "$upper" -le $((gnu_upper + SLACK)) ]
}
