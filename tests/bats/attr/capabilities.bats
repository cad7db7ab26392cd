#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# File capabilities: they survive chown and chmod of the copy.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

setup() {
	requires root setcap
}

scene() {
	cp /bin/true src
	setcap cap_net_raw+ep src
	chmod 777 .
	cp src owned
	chown 3:4 owned
	chmod 755 owned
	setcap cap_net_raw,cap_chown+ep owned
	echo old >old
	setcap cap_net_admin+ep old
}

# capability NAME: prints the capabilities of the copy that the program made.
capability() { getcap "$BATS_TEST_TMPDIR/ovl/$1" | sed 's/.* //'; }

@test "-a keeps a capability" {
	same_as_cp -a src new
	assert_equal "$(capability new)" cap_net_raw=ep
}

@test "-a keeps a capability of a file of another owner" {
	same_as_cp -a owned new
	assert_equal "$(capability new)" cap_chown,cap_net_raw=ep
}

@test "--preserve=xattr keeps a capability" { same_as_cp --preserve=xattr src new; }

@test "--preserve=xattr,ownership keeps a capability of a file of another owner" {
	same_as_cp --preserve=xattr,ownership owned new
}

@test "-a replaces the capability of an existing file" {
	same_as_cp -a src old
	assert_equal "$(capability old)" cap_net_raw=ep
}

@test "-p does not give a capability" {
	same_as_cp -p src new
	assert_equal "$(capability new)" ''
}

@test "-p takes the capability of an existing file away" { same_as_cp -p owned old; }

@test "without -p the capability of an existing file goes with its contents" {
	same_as_cp src old
	assert_equal "$(capability old)" ''
}

@test "-a of a tree keeps capabilities" {
	scene() { mkdir src && cp /bin/true src/x && setcap cap_chown+ep src/x && chown -h 3 src; }
	same_as_cp -a src new
}

@test "-a by an ordinary user cannot keep a capability, and prints nothing" {
	twin_as=as_user same_as_cp -a src new
}

@test "--preserve=all by an ordinary user cannot keep a capability, which is not an error" {
	twin_as=as_user same_files_as_cp --preserve=all src new
}

@test "--preserve=xattr by an ordinary user cannot keep a capability, and reports it" {
	twin_as=as_user same_files_as_cp --preserve=xattr src new # cp names the wrong file
	assert_file_not_empty "$BATS_TEST_TMPDIR/ovl.err"
}

@test "-l keeps the capability with the file" { same_as_cp -l src new; }
