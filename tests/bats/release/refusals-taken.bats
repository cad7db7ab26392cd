#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# build-aux/release refuses what would overwrite something, and unknown words.

load ../../fixtures/common
load ../../fixtures/release

setup() {
	lab_setup
	release_setup
	clone=${clone:?} out=${out:?} version=${version:?}
}

@test "a directory that is not empty is refused, and stays as it is" {
	dated
	mkdir "$out"
	echo mine >"$out/file"
	release "$out"
	assert_failure 1
	assert_output --partial "$out is not empty"
	assert_equal "$(ls "$out")" file
}

@test "a version whose tag exists is refused" {
	dated
	git -C "$clone" tag "v$version"
	release "$out"
	assert_failure 1
	assert_output --partial "the tag v$version is there already"
}

@test "without a directory, and with an unknown option, the usage is shown" {
	release
	assert_failure 2
	assert_line --partial 'usage: '
	release --unknown "$out"
	assert_failure 2
}

@test "a key that git is told to use and gpg does not have is refused" {
	requires gpg
	dated
	git -C "$clone" config user.signingKey nobody@example.org
	refuses 'gpg has no secret key nobody@example.org'
}
