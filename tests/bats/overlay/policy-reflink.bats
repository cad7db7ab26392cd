#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# How --reflink influences a copy-up.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/policy

cp_file() {
	ovl_cp --debug "$@" "$merged/file" "$merged/copy"
}

@test "--reflink=always with --copy-up=never fails and reports which option forbids it" {
	source_of "$SIZE"
	cp_file --reflink=always --copy-up=never
	assert_refused file copy '--copy-up=never forbids'
}

@test "--reflink=always copies up a small file" {
	source_of 4096
	cp_file --reflink=always
	assert_cloned file copy
}

@test "--reflink=always obeys a --copy-up-min that was given, and reports it" {
	source_of "$SIZE"
	cp_file --reflink=always --copy-up-min=1G
	assert_refused file copy 'less data than --copy-up-min'
}

@test "--reflink=never neither copies up nor shares" {
	source_of "$SIZE"
	cp_file --reflink=never --copy-up=always
	assert_copied file copy
	assert_output --partial '--reflink=never forbids'
}

@test "--reflink=never shares nothing of a source on the upper layer" {
	source_of "$SIZE"
	: >>"$merged/file"
	cp_file --reflink=never
	assert_success
	assert_equal "$(shared_bytes "$up/upper/file" "$up/upper/copy")" 0
	assert_all_equal "$merged/"{file,copy}
}

@test "--reflink=always accepts an empty source" {
	source_of 0
	cp_file --reflink=always
	assert_success
	assert_file_empty "$merged/copy"
}
