#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# When a source on a lower layer is copied up: --copy-up, --copy-up-min and --reflink.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/policy

cp_file() {
	ovl_cp --debug "$@" "$merged/file" "$merged/copy"
}

@test "auto copies the bytes of a file just below 1 MiB" {
	source_of $(((1 << 20) - 1))
	cp_file
	assert_copied file copy
	assert_output --partial 'less data than --copy-up-min'
}

@test "auto copies up a file of 1 MiB" {
	source_of 1M
	cp_file
	assert_cloned file copy
}

@test "--copy-up-min lowers the limit of auto" {
	source_of 64K
	cp_file --copy-up-min=64K
	assert_cloned file copy
}

@test "--copy-up-min holds to the byte" {
	source_of 65535
	cp_file --copy-up-min=64K
	assert_copied file copy
}

@test "--copy-up-min raises the limit of auto" {
	source_of "$SIZE"
	cp_file --copy-up-min=4M
	assert_copied file copy
	assert_output --partial 'less data than --copy-up-min'
}

@test "--copy-up=always copies up the smallest file" {
	source_of 4096
	cp_file --copy-up=always
	assert_cloned file copy
}

@test "--copy-up=never leaves a large file where it is" {
	source_of "$SIZE"
	cp_file --copy-up=never
	assert_copied file copy
	assert_output --partial '--copy-up=never forbids'
	assert_grown_by "$SIZE"
}

@test "--copy-up=never still clones what is on the upper layer" {
	source_of "$SIZE"
	: >>"$merged/file"
	cp_file --copy-up=never
	assert_cloned file copy
}

@test "an empty source is not copied up" {
	source_of 0
	cp_file --copy-up=always
	assert_copied file copy
}
