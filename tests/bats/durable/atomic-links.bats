#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --atomic: links to the file that is replaced.

load ../../fixtures/common

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	echo new >src
	echo old >old
	chmod 640 old
}

@test "--atomic leaves the old file to its other hard links" {
	ln old other
	ovl_cp --atomic src old
	assert_equal "$(cat old other)" "$(printf '%s\n' new old)"
}

@test "--atomic replaces the file that a symbolic link leads to" {
	mkdir dir
	mv old dir
	ln -s dir/old link
	ovl_cp --atomic src link
	assert_success
	assert_equal "$(readlink link) $(cat dir/old)" 'dir/old new'
	assert_equal "$(stat -c %a dir/old)" 640
}

@test "--atomic --remove-destination replaces the symbolic link itself, by one rename" {
	requires strace
	ln -s old link
	strace -f -o trace -e trace=unlinkat,renameat "$OVL_CP" --atomic --remove-destination src link
	assert_equal "$(cat link old)" "$(printf '%s\n' new old)"
	[ ! -L link ]
	assert_equal "$(grep -c 'unlinkat(' trace)" 0
}

@test "--atomic creates the file of a dangling link where cp would, when it is complete" {
	ln -s missing dangling
	ovl_cp --atomic src dangling
	assert_failure 1
	assert_output "ovl-cp: not writing through dangling symlink 'dangling'"
	POSIXLY_CORRECT=1 ovl_cp --atomic src dangling
	assert_success
	assert_equal "$(readlink dangling) $(cat missing)" 'missing new'
}

@test "--atomic -s says why a relative link cannot be made, and leaves the file" {
	mkdir dir && echo file >dir/old
	ovl_cp --atomic -sf src dir/old
	assert_failure 1
	assert_output "ovl-cp: dir/old: can make relative symbolic links only in current directory"
	assert_equal "$(cat dir/old)" file
}

@test "--atomic in a tree does not follow a link of another user, nor one that leads out" {
	requires root
	mkdir -p tree dest
	echo new >tree/theirs && echo new >tree/out
	ln -s "$PWD/old" dest/out
	ln -s inside dest/theirs && touch dest/inside && chown -h 65534 dest/theirs
	ovl_cp -r --atomic tree/. dest
	assert_failure 1
	assert_line "ovl-cp: not writing through symlink 'dest/./out', which leads out of the destination"
	assert_line "ovl-cp: not writing through symlink 'dest/./theirs', which another user owns"
	assert_equal "$(cat old dest/inside)" old
}

@test "--atomic makes later names of a source hard links of the file that a link leads to" {
	mkdir tree dest
	echo new >tree/a && ln tree/a tree/b
	for option in -L -d; do
		rm -f dest/*
		ln -s real dest/a && echo old >dest/real
		ovl_cp $option --preserve=links --atomic tree/a tree/b dest
		assert_success
		assert_equal "$(readlink dest/a) $(<dest/real)" 'real new'
		[ dest/b -ef dest/real ]
	done
}
