#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Symbolic links to deep directories, from which ".." does not lead back.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

# The tree behind the link is deeper than the number of directories that are kept open.
scene() {
	local deep=far
	for _ in {1..60}; do deep+=/d; done
	mkdir -p src "$deep" other
	echo deep >"$deep/file"
	echo more >far/d/file
	ln -s ../far src/link
	echo file | tee src/a src/zz >other/file
	ln -s "$(printf '../%.0s' {0..60})other" "$deep/link"
	touch -d 2001-01-01 far/d src
}

@test "-RL copies what is beside a link to a deep tree" { same_as_cp -RL src new; }

@test "-RLp, too" {
	twin_times=1
	same_as_cp -RLp src new
}

@test "-RH of such a link" { same_as_cp -RH src/link new; }

@test "-Rl follows such a link, too" { same_as_cp -Rl src new; }

@test "--keep-directory-symlink comes back from behind a link of the destination" {
	cd "$BATS_TEST_TMPDIR" && scene
	mkdir -p from/x to real
	cp -R far/d from/x/
	echo beside | tee from/a >from/zz
	ln -s ../real to/x
	ovl_cp -RT --keep-directory-symlink from to
	assert_success
	assert_output ''
	cmp from/zz to/zz
	cmp from/a to/a
	diff -r --no-dereference from/x real
}

@test "more links on one way than the kernel follows are refused, and the rest is copied" {
	cd "$BATS_TEST_TMPDIR" || return
	mkdir src
	for i in {0..70}; do
		mkdir "d$i"
		ln -s "../d$((i + 1))" "d$i/next"
		echo "$i" >"d$i/file"
	done
	ln -s ../d0 src/next
	echo x | tee src/a >src/zz
	ovl_cp -RL src new
	assert_failure 1
	assert_output --partial 'Too many levels of symbolic links'
	cmp src/zz new/zz
	cmp src/a new/a
	assert_equal "$(<new/next/next/file)" 1
}
