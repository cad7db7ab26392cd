#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# libjansson is loaded for a report in JSON, and for nothing else.
# needs: dynamic

load ../../fixtures/report

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	echo source >src
}

@test "without libjansson nothing is copied, and text goes on" {
	requires overlay ldconfig
	library=$(ldconfig -p | sed -n 's/.*libjansson\.so\.4 .* => //p' | head -n 1)
	[ -n "$library" ] || cannot_run 'libjansson cannot be found'
	mount --bind /dev/null "$library"
	ovl_cp --report=r src new
	assert_failure 1
	assert_output --partial '--report needs libjansson.so.4, which cannot be loaded; install'
	assert_not_exists r
	assert_not_exists new
	ovl_cp --report=r --report-format=text src new
	assert_success
	umount "$library"
}

@test "libjansson is loaded for a report only" {
	requires strace
	strace -f -e trace=open,openat -o trace "$OVL_CP" --debug src new
	run ! grep jansson trace
	strace -f -e trace=open,openat -o trace "$OVL_CP" --report=r src new
	grep jansson trace
}
