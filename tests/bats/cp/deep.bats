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
	local i hundred
	hundred=$(printf "$level/%.0s" {2..100})
	mkdir "$1"
	(
		cd "$1" || exit
		for ((i = 99; i < depth; i += 100)); do
			mkdir -p "$hundred" && cd -P "$hundred" || exit
			echo "level $i" >file
			mkdir "$level" && cd "$level" || exit
		done
		echo bottom >file
		ln -s nowhere link
	)
}

# walk DIR: prints what is in each directory on the way down, and the content of each file.
walk() (
	cd -P "$1" || exit
	find . -mindepth 1 -printf '%d %f %M %T@ %l\n' | sort -n
	find . -name file -printf '%d: ' -execdir cat {} \; | sort -n
)

# assert_whole DIR: asserts that the tree is there to its end.
assert_whole() {
	assert_equal "$(walk "$1" | sed -n '/ link /s/ .* / /p; /: /p')" "301 nowhere
100: level 99
200: level 199
300: level 299
301: bottom"
	assert_equal "$(find "$1" -mindepth 1 -type d -name "$level" -printf .)" "$(printf '.%.0s' {1..300})"
}

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	dig src
}

teardown() { rm -rf "$BATS_TEST_TMPDIR"/{src,new}; }

@test "-R copies a tree that is deeper than a path can be long" {
	ovl_cp -R src new
	assert_success
	assert_output ''
	assert_whole new
}

@test "-a keeps the attributes of such a tree" {
	find src -depth -execdir touch -h -d '2001-02-03 04:05:06.123456789' {} +
	ovl_cp -a src new
	assert_success
	assert_equal "$(walk new)" "$(walk src)"
}

@test "such a tree needs few descriptors" {
	(ulimit -n 64 && exec "$OVL_CP" -R src new)
	assert_whole new
}

@test "-Rn into such a tree that exists merges" {
	ovl_cp -R src new
	assert_success
	ovl_cp -RnT src new
	assert_success
	assert_whole new
}
