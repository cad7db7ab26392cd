#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --preserve=links: hard links of one file stay hard links of one file.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

scene() {
	mkdir -p src/sub into other
	echo a >src/a
	ln src/a src/b
	ln src/a src/sub/c
	ln src/a outside
	ln -s a src/soft
	ln src/soft src/hardsoft
	mkfifo src/fifo
	ln src/fifo src/fifo2
	ln -s src/a soft
	ln -s soft soft2
	echo x >x
	ln x y
}

@test "-R without it makes separate files" { same_as_cp -R src new; }

@test "-R --preserve=links keeps hard links in a tree" { same_as_cp -R --preserve=links src new; }

@test "-dR keeps hard links in a tree" { same_as_cp -dR src new; }

@test "-a keeps hard links in a tree" { same_as_cp -a src new; }

@test "-pR makes separate files" { same_as_cp -pR src new; }

@test "-d keeps hard links of several sources" { same_as_cp -d x y src/a src/b into; }

@test "-d keeps hard links of a file and a tree" { same_as_cp -dR outside src into; }

@test "-d keeps hard links across several trees" {
	scene() { mkdir a b to && echo x >a/x && ln a/x b/y; }
	same_as_cp -dR a b to
}

@test "-d makes separate files of two calls" {
	scene() { echo a >a && ln a b && mkdir to && cp a to; }
	same_as_cp -d b to
}

@test "--preserve=links alone keeps hard links of several sources" {
	same_as_cp --preserve=links x y into
}

@test "--preserve=links with links that are followed makes hard links of the copies" {
	same_as_cp --preserve=links soft soft2 src/a into
}

@test "-L --preserve=links in a tree" { same_as_cp -RL --preserve=links src new; }

@test "-H --preserve=links" { same_as_cp -RH --preserve=links soft src into; }

@test "-d keeps hard links between symbolic links" { same_as_cp -d src/soft src/hardsoft into; }

@test "-a keeps hard links between FIFOs" { same_as_cp -a src/fifo src/fifo2 into; }

@test "-dv prints source and destination of a hard link" { same_as_cp -dv x y into; }

@test "-av of one tree prints each name" {
	scene() { mkdir src into && echo x >src/x && ln src/x y; }
	same_as_cp -av y src into
}

@test "-d of one name twice is a warning" { same_as_cp -d x x into; }

# Named one by one, because the order of directory entries depends on the filesystem.
@test "-L --preserve=links of a file that was written through a link joins what was written" {
	scene() {
		mkdir d to && echo x >d/f && ln d/f d/g
		echo old >other && ln -s ../other to/f
	}
	same_as_cp -L --preserve=links d/f d/g to
}
