#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The source through a bind mount is the source.
# shellcheck disable=SC2317 # scene is called by the fixture

load ../../fixtures/common
load ../../fixtures/cp

setup() {
	requires overlay # which needs permission to mount
}

scene() {
	mkdir real bound
	echo source >real/src
	echo other >real/other
	mount --bind real bound
	touch file
	mount --bind real/src file
}

@test "the source by a bind-mounted directory is refused" { same_as_cp real/src bound/src; }

@test "the source by a bind-mounted directory that is entered is refused" {
	same_as_cp real/src bound
}

@test "the source bind-mounted as a file is refused" { same_as_cp real/src file; }

@test "-f does not remove the source by a bind mount" {
	twins -f real/src bound/src
	says "'real/src' and 'bound/src' are the same file"
	assert_equal "$(<"$BATS_TEST_TMPDIR/ovl/real/src")" source
}

@test "--remove-destination does not remove the source by a bind mount" {
	twins --remove-destination real/src bound/src
	says "'real/src' and 'bound/src' are the same file"
	assert_equal "$(<"$BATS_TEST_TMPDIR/ovl/real/src")" source
}

@test "--remove-destination does not remove a source with two names by a bind mount" {
	scene() {
		mkdir real bound
		echo source >real/src
		ln real/src real/second
		mount --bind real bound
	}
	twins --remove-destination real/src bound/src
	says "'real/src' and 'bound/src' are the same file"
	assert_equal "$(<"$BATS_TEST_TMPDIR/ovl/real/src")" source
}

@test "another file by a bind mount is overwritten" { same_as_cp real/src bound/other; }
