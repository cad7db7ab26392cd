#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Trees deeper than PATH_MAX, with which cp 9.1 fails.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

level=directory-with-a-name-of-some-length # 300 of them are 11 KB, and PATH_MAX is 4096
depth=300

# dig DIR: creates such a tree, with a file in its first, middle and last directory.
dig() {
	local i
	mkdir "$1"
	(
		cd "$1" || exit
		for ((i = 0; i < depth; i++)); do
			[ $((i % 100)) != 99 ] || echo "level $i" >file
			mkdir "$level"
			cd "$level" || exit
		done
		echo bottom >file
		ln -s nowhere link
	)
}

# walk DIR: prints what is in each directory on the way down.
walk() (
	local i
	cd -P "$1" || exit
	for ((i = 0; i <= depth; i++)); do
		stat -c '%n %A %.9Y' -- *
		[ ! -e file ] || cat file
		cd -P "$level" 2>/dev/null || break
	done
	echo "$i levels, $(readlink link)"
)

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	dig src
}

teardown() { rm -rf "$BATS_TEST_TMPDIR"/{src,new}; }

@test "-R copies a tree that is deeper than a path can be long" {
	ovl_cp -R src new
	assert_success
	assert_output ''
	assert_equal "$(walk new | grep -v ^file | tail -1)" '300 levels, nowhere'
	assert_equal "$(walk new | grep ^level)" $'level 99\nlevel 199\nlevel 299'
	assert_equal "$(walk new | grep -x bottom)" bottom
}

@test "-a keeps the attributes of such a tree" {
	find src -depth -execdir touch -h -d '2001-02-03 04:05:06.123456789' {} +
	ovl_cp -a src new
	assert_success
	assert_equal "$(walk new)" "$(walk src)"
}

@test "such a tree needs few descriptors" {
	(ulimit -n 64 && exec "$OVL_CP" -R src new)
	assert_equal "$(walk new | tail -1)" '300 levels, nowhere'
}

@test "-Rn into such a tree that exists merges" {
	ovl_cp -R src new
	assert_success
	ovl_cp -RnT src new
	assert_success
	assert_equal "$(walk new | tail -1)" '300 levels, nowhere'
}
