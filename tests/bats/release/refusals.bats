#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# What build-aux/release refuses, before it makes anything.

load ../../fixtures/common
load ../../fixtures/release

setup() {
	lab_setup
	release_setup
	clone=${clone:?} out=${out:?} version=${version:?}
}

@test "changes that are not committed are listed, and refused, also by --dry-run" {
	echo >>"$clone/NEWS"
	: >"$clone/new"
	refuses 'these changes are not committed'
	assert_line ' M NEWS'
	assert_line '?? new'
	release --dry-run "$out"
	assert_failure 1
	assert_output --partial 'not committed'
}

@test "a version without a section in NEWS is refused, also by --dry-run" {
	sed -i "s/^$version (/0.0.1 (/" "$clone/NEWS"
	commit "$clone"
	refuses "NEWS has no section for $version"
	release --dry-run "$out"
	assert_failure 1
}

@test "a recipe with another version is named" {
	sed -i 's/^pkgver=.*/pkgver=0.0.1/' "$clone/packaging/alpine/APKBUILD"
	commit "$clone"
	refuses "# packaging/alpine/APKBUILD: the version is 0.0.1, but $version in lib/ovlcp.h"
}

@test "NEWS and debian/changelog without a date are refused" {
	undated
	refuses "NEWS says of $version: not yet released"
	sed -i "s/^$version (.*)/$version (2026-12-01)/" "$clone/NEWS"
	commit "$clone"
	refuses 'the first entry of debian/changelog is UNRELEASED'
}

@test "--dry-run goes on without dates" {
	undated
	release --dry-run "$out"
	assert_line "ovl-cp-$version.tar.gz ..."
	# the clone has nothing that could be built
	assert_line "release: failed: ovl-cp-$version.tar.gz"
}
