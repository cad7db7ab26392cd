#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The static program in an empty root directory, in those of Debian 11 and 13, and in a userland of
# musl does what the dynamic one does here.
# needs: images

load ../../fixtures/common
load ../../fixtures/static
load ../../fixtures/roots

scene() {
	file_make file 4M
	ln file link
	file_make small 5000
	file_make listed 2M
	setfacl -m u:65534:r listed
	file_make labelled 2M
	setfattr -n user.a -v b labelled
	mkdir -p tree/deep
	cp -a listed labelled small tree
	ln tree/small tree/deep/again
	ln -s small tree/symbolic
	truncate -s 8M sparse
}

setup_file() { roots_file; }

setup() { roots_setup; }

@test "the root directories are what they are called" {
	roots=$(<"$BATS_FILE_TMPDIR/roots")
	assert_equal "$(cut -d . -f 1 "$roots/bullseye/etc/debian_version")" 11
	assert_equal "$(cut -d . -f 1 "$roots/trixie/etc/debian_version")" 13
	run "$roots"/musl/lib/ld-musl-*.so.1
	assert_output --partial 'musl libc'
	assert_equal "$(chroot "$roots/musl" /bin/sh -c 'echo ran')" ran
	assert_not_exists "$roots/musl/etc/passwd"
}

@test "a hard-linked source is copied up and cloned" {
	in_each_root --debug --reflink=always link clone
	assert_file_contains "$BATS_TEST_TMPDIR/ovl-cp" 'cloned after a copy-up'
}

@test "an access control list is kept" { in_each_root -a listed new; }

@test "a user attribute is kept" { in_each_root -a --debug labelled new; }

@test "a small file is explained" {
	in_each_root --explain small new
	assert_file_contains "$BATS_TEST_TMPDIR/ovl-cp" 'nothing was copied'
}

@test "a file on another filesystem is explained, and that it cannot be shared" {
	in_each_root --explain --reflink=always file /proc/new
}

@test "a report in JSON is the same" {
	in_each_root --report=- file new
	assert_file_contains "$BATS_TEST_TMPDIR/ovl-cp" '"status":"copied"'
}

@test "a tree is copied with all that it has" { in_each_root -a --debug tree new; }

@test "several copies, a sparse file, and an error in one call" {
	in_each_root --debug file small sparse missing tree
	assert_file_contains "$BATS_TEST_TMPDIR/ovl-cp" '^status 1$'
}

@test "--help and wrong usage say the same" {
	in_each_root --help
	in_each_root --no-such-option
}
