#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# With random files and random options the program does what cp does.
# needs: images

load ../../fixtures/common
load ../../fixtures/oracle

setup_file() {
	requires loop overlay fs:ext4 reflink:xfs || return 0
	cd "$BATS_FILE_TMPDIR" || return
	fs_make ext4 ext4 1024
	fs_make xfs xfs 1024
	mkdir lower xfs/up
	overlay_make overlay "$PWD/lower" "$PWD/xfs/up"
	chmod 755 . ext4 xfs overlay
}

@test "as root on ext4" { oracle_runs "$BATS_FILE_TMPDIR/ext4" 500 ext4; }
@test "as root on xfs with reflink" { oracle_runs "$BATS_FILE_TMPDIR/xfs" 400 xfs; }
@test "as root in an overlay" { oracle_runs "$BATS_FILE_TMPDIR/overlay" 300 overlay; }
@test "as an ordinary user on ext4" {
	oracle_runs "$BATS_FILE_TMPDIR/ext4" 350 ext4-user --user=65534
}
@test "as an ordinary user on xfs with reflink" {
	oracle_runs "$BATS_FILE_TMPDIR/xfs" 250 xfs-user --user=65534
}
@test "as an ordinary user in an overlay" {
	oracle_runs "$BATS_FILE_TMPDIR/overlay" 200 overlay-user --user=65534
}
