#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# A destination is explained for the filesystem of the file, which need not be that of its name.
# shellcheck disable=SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay
load ../../fixtures/explain

setup_file() { stack_file ext4 xfs; }

scene() {
	file_make "$low/file" "$SIZE"
	file_make "$low/other" "$SIZE"
	stack
	mkdir "$up/plain"
	: >"$low/outside"
	: >"$merged/inside"
	watched=("$low" "$up" "$merged")
	cd "$merged" || return
}

@test "a symbolic link into the overlay, or out of it" {
	scene
	ln -s "$merged/inside" "$low/in"
	ln -s "$low/outside" out
	agrees file out
	assert_equal "$(planned <<<"$explained")" "read-write $SIZE 0 0"
	agrees --atomic file out
	agrees file "$low/in"
	assert_equal "$(planned <<<"$explained")" "clone-upper 0 $SIZE $SIZE"
	agrees --atomic other "$low/in"
}

@test "a symbolic link to a file that does not exist yet" {
	scene
	ln -s "$low/new" out
	ln -s "$merged/new" "$low/in"
	export POSIXLY_CORRECT=1
	agrees file out
	agrees file "$low/in"
	assert_equal "$(planned <<<"$explained")" "clone-upper 0 $SIZE $SIZE"
}

@test "a file that is mounted" {
	scene
	: >mountpoint
	: >"$up/plain/mountpoint"
	mount --bind "$low/outside" mountpoint
	mount --bind inside "$up/plain/mountpoint"
	agrees file mountpoint
	assert_equal "$(planned <<<"$explained")" "read-write $SIZE 0 0"
	agrees file "$up/plain/mountpoint"
	assert_equal "$(planned <<<"$explained")" "clone-upper 0 $SIZE $SIZE"
	umount mountpoint "$up/plain/mountpoint"
}

@test "an open file that has no name" {
	scene
	exec 7>inside 8>"$low/outside"
	rm inside "$low/outside"
	agrees file /proc/self/fd/8
	assert_equal "$(planned <<<"$explained")" "read-write $SIZE 0 0"
	agrees file /proc/self/fd/7
	assert_equal "$(planned <<<"$explained")" "clone-upper 0 $SIZE $SIZE"
}
