#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --parents: modes, owners and times of the directories that it creates.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

full() {
	mkdir -p a/b/c to
	echo file >a/b/c/file
	chmod 640 a/b/c/file
	chmod 770 a
	chmod 1777 a/b
	chmod 2705 a/b/c
	[ "$(id -u)" != 0 ] || chown -R 65534:65534 a
	touch -d '2001-02-03 04:05:06.7' a/b/c/file a/b/c a/b a
	chmod 777 . to
}

scene() { full; }

setup() {
	lab_setup
	twin_times=1
}

@test "--parents makes directories of the source's modes" { same_as_cp --parents a/b/c/file to; }

@test "--parents makes directories under umask 077" {
	umask 077
	same_as_cp --parents a/b/c/file to
}

@test "--parents -p makes directories with the source's attributes" {
	same_as_cp --parents -p a/b/c/file to
}

@test "--parents --preserve=mode gives directories no times" {
	same_as_cp --parents --preserve=mode a/b/c/file to
}

@test "--parents --preserve=timestamps gives directories no modes" {
	umask 077
	same_as_cp --parents --preserve=timestamps a/b/c/file to
}

@test "--parents --no-preserve=mode makes directories by the umask" {
	same_as_cp --parents --no-preserve=mode a/b/c/file to
}

@test "--parents -p as an ordinary user" {
	twin_as=as_user same_as_cp --parents -p a/b/c/file to
}

@test "--parents as an ordinary user" { twin_as=as_user same_as_cp --parents a/b/c/file to; }

@test "--parents leaves the modes of directories that exist alone" {
	scene() { full && mkdir -p to/a/b && chmod 700 to/a && chmod 711 to/a/b; }
	same_as_cp --parents a/b/c/file to
}

@test "--parents -p gives directories that exist the source's attributes" {
	scene() { full && mkdir -p to/a/b && chmod 700 to/a && chmod 711 to/a/b; }
	same_as_cp --parents -p a/b/c/file to
}

@test "--parents goes through a source directory that its user may not write" {
	scene() { mkdir -p a/b to && echo x >a/b/x && chmod 555 a a/b && chmod 777 to; }
	twin_as=as_user same_as_cp --parents a/b/x to
}

@test "--parents goes through a source directory that its user may only search" {
	scene() { mkdir -p a/b to && echo x >a/b/x && chmod 111 a a/b && chmod 777 to; }
	twin_as=as_user same_as_cp --parents a/b/x to
}

# with_list: as full, but files created in the destination inherit an access control list.
with_list() {
	full
	setfattr -n system.posix_acl_default -v \
		0x0200000001000700ffffffff02000500e903000004000500ffffffff10000700ffffffff20000000ffffffff to
}

@test "--parents --no-preserve=mode leaves a leading directory the list that it inherits" {
	scene() { with_list; }
	same_as_cp --parents --no-preserve=mode a/b/c/file to
}

@test "--parents --no-preserve=mode --preserve=ownership, and a list to inherit" {
	scene() { with_list; }
	same_as_cp --parents --no-preserve=mode --preserve=ownership a/b/c/file to
}

@test "--parents under umask 002, and a list that grants less" {
	umask 002
	scene() { with_list; }
	same_as_cp --parents a/b/c/file to
}

@test "--parents -p of a directory into itself, whose list another one replaces" {
	scene() {
		mkdir -p d/e && echo x >d/e/f
		setfattr -n system.posix_acl_access -v \
			0x0200000001000700ffffffff02000700e903000004000400ffffffff10000500ffffffff20000400ffffffff d
	}
	same_as_cp --parents -p ./d/e/f d
}

@test "--parents -p of a directory of another user, with bits of its own, into a set-group-ID one" {
	scene() {
		mkdir -p a c to && echo x >a/x && echo x >c/x # cp 9.1 leaves an inherited bit
		[ "$(id -u)" != 0 ] || chown 65534:65534 to
		chmod 1777 a && chmod 2755 c && chmod 2777 to
	}
	twin_as=as_user same_as_cp --parents -p a/x c/x to
}
