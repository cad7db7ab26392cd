#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# -x: mount points in a tree.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

setup() {
	requires overlay # which needs permission to mount
}

scene() {
	mkdir -p src/sub/mnt to
	echo x >src/sub/x
	mount -t tmpfs -o mode=0700 none src/sub/mnt
	echo y >src/sub/mnt/y
	touch -d @5 src/sub/mnt
}

@test "-Rx makes an empty directory of a mount point" { same_as_cp -Rx src to; }

@test "-R copies what is mounted" { same_as_cp -R src to; }

@test "--one-file-system is -x" { same_as_cp -R --one-file-system src to; }

@test "-ax keeps the attributes of the mount point" { twin_times=1 same_as_cp -ax src to; }

@test "-Rx of a mount point copies what is mounted there" { same_as_cp -Rx src/sub/mnt to; }

@test "-Rx of a mount point and of what is below" {
	scene() {
		mkdir -p src to
		mount -t tmpfs none src
		mkdir src/in
		mount -t tmpfs none src/in
		touch src/a src/in/b
	}
	same_as_cp -Rx src to
}

@test "-Rx into another filesystem copies all of the first" {
	scene() { mkdir -p src/sub to && touch src/sub/x && mount -t tmpfs none to; }
	same_as_cp -Rx src to
}

@test "-Rx merges with a directory where the mount point is" {
	scene() {
		mkdir -p src/mnt to/src/mnt
		mount -t tmpfs none src/mnt
		touch src/mnt/new to/src/mnt/old
	}
	same_as_cp -Rx src to
}

@test "-x of a file is the file" { same_as_cp -x src/sub/mnt/y to; }

@test "-Rx of each source stays on its own filesystem" { same_as_cp -Rx src/sub src/sub/mnt to; }

@test "-Rlx does not leave the filesystem" { same_as_cp -Rlx src to; }
