#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# -x with symbolic links, mounted files and bind mounts.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

setup() {
	requires overlay # which needs permission to mount
}

@test "-RLx does not follow a link to another filesystem" {
	scene() {
		mkdir -p src mnt to
		mount -t tmpfs none mnt
		mkdir mnt/dir
		touch mnt/file mnt/dir/x
		ln -s ../mnt/dir src/dir
		ln -s ../mnt/file src/file
	}
	same_as_cp -RLx src to
}

@test "-RHx of a link to another filesystem" {
	scene() { mkdir mnt to && mount -t tmpfs none mnt && touch mnt/x && ln -s mnt link; }
	same_as_cp -RHx link to
}

@test "-Rx copies a file that is mounted" {
	scene() {
		mkdir src to
		touch src/file
		mount --bind /proc/sys/kernel/ostype src/file
	}
	same_as_cp -Rx src to
}

@test "-Rx of a bind mount of the same filesystem copies it" {
	scene() { mkdir -p src/bound other to && touch other/x && mount --bind other src/bound; }
	same_as_cp -Rx src to
}
