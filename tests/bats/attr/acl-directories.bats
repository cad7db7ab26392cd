#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Access control lists of directories, and files created in directories with a default list.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

setup() {
	requires setfacl
}

scene() {
	mkdir -p src/sub/deep plain to inherits
	echo x >src/sub/x
	echo y >plain/y
	chmod 640 src/sub/x plain/y
	chmod 750 src src/sub plain
	setfacl -m u:1:rwx,g:2:r-x src
	setfacl -m d:u:3:rwx,d:g::r-x,d:o::--- src/sub
	setfacl -m u:4:r src/sub/x
	setfacl -m d:u:5:rwx,d:g::rwx,d:o::r-x inherits
	mkfifo src/fifo
}

@test "-Rp keeps access and default lists of directories" { same_as_cp -Rp src to; }

@test "-a keeps access and default lists of directories" { same_as_cp -a src to; }

@test "-R keeps none" { same_as_cp -R src to; }

@test "-R into a directory with a default list inherits it" { same_as_cp -R plain inherits; }

@test "-R of what has lists into one with a list inherits that" { same_as_cp -R src inherits; }

@test "-Rp into a directory with a default list gives the source's lists instead" {
	same_as_cp -Rp src inherits
}

@test "-Rp of what has no lists into a directory with a default list gives none" {
	same_as_cp -Rp plain inherits
}

@test "-R --no-preserve=mode into a directory with a default list inherits it" {
	same_as_cp -R --no-preserve=mode plain inherits
}

@test "-R under umask 077 into a directory with a default list inherits it" {
	umask 077
	same_as_cp -R plain inherits
}

@test "-a --no-preserve=mode keeps lists as cp does" { same_as_cp -a --no-preserve=mode src to; }

@test "-Rp replaces the lists of a directory that exists" {
	scene() {
		mkdir -p src to/src
		setfacl -m u:1:rwx,d:u:2:rwx src
		setfacl -m u:3:rwx,d:u:4:rwx to/src
	}
	same_as_cp -Rp src to
}

@test "-Rp takes lists from a directory that exists" {
	scene() { mkdir -p src to/src && setfacl -m u:3:rwx,d:u:4:rwx to/src; }
	same_as_cp -Rp src to
}

@test "-R leaves the lists of a directory that exists alone" {
	scene() { mkdir -p src to/src && setfacl -m u:3:rwx,d:u:4:rwx to/src && touch src/x; }
	same_as_cp -R src to
}

@test "--parents -p gives the directories the source's lists" {
	same_as_cp -p --parents src/sub/x to
}

@test "--parents -p into a directory with a default list gives the source's lists instead" {
	same_as_cp -p --parents plain/y inherits
	refute_acl plain/y
}

@test "--parents -a of a directory into a directory with a default list likewise" {
	same_as_cp -a --parents plain inherits
	refute_acl plain/y
}

# refute_acl FILE: neither FILE nor its directory has a list where the program has copied it to.
refute_acl() {
	run getfacl -cps "$BATS_TEST_TMPDIR/ovl/inherits/${1%/*}" "$BATS_TEST_TMPDIR/ovl/inherits/$1"
	assert_output ''
}

@test "--parents into a directory with a default list inherits it" {
	same_as_cp --parents src/sub/x inherits
}

@test "-Rp through a dangling link into a directory with a default list gives none" {
	cd "$BATS_TEST_TMPDIR" || return
	scene
	mkdir top tree && mv to inherits top && ln -s ../inherits/new top/to/y && mv plain tree/to
	for how in -R --atomic; do
		rm -f top/inherits/new
		POSIXLY_CORRECT=1 ovl_cp -T -p -R $how tree top
		assert_success
		run getfacl -c top/inherits/new
		refute_line --regexp '^user:[a-z0-9]'
	done
}
