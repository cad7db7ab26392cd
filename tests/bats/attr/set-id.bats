#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Set-ID bits that both files have: a write clears them, and -p sets them again.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_as read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

scene() {
	chmod 777 .
	mkdir -m 777 mine
	as_user cp /dev/null mine/old
	echo source | as_user tee mine/src >/dev/null
	as_user chmod 6755 mine/old mine/src
}

@test "-p onto a file with the same set-id bits keeps them" {
	twin_as=as_user same_as_cp -p mine/src mine/old
	assert_equal "$(stat -c %a "$BATS_TEST_TMPDIR/ovl/mine/old")" 6755
}

@test "without -p the bits of the old contents are gone" {
	twin_as=as_user same_as_cp mine/src mine/old
}
