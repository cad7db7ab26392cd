#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# -u and hard links on an overlay, where the contents prove that two files are one: what was left
# alone for the first link may be any file.
# shellcheck disable=SC2154 # merged belongs to the fixture
# needs: images

load ../../fixtures/overlay
setup_file() { stack_file ext4 xfs; }

@test "a newer file in the place of a hard-linked symbolic link, a FIFO in that of a file" {
	stack
	mkdir "$merged/src" "$merged/to"
	cd "$merged" || return
	ln -s nothing src/link && ln src/link src/link2
	echo old >src/file && ln src/file src/file2
	touch -hd 2001-01-01 src/*
	for name in link link2 file2; do echo "newer $name" >to/$name; done
	mkfifo to/file
	timeout 60 "$OVL_CP" -R --preserve=links -u src/. to >out 2>&1 || fail "$(<out)"
	assert_equal "$(<out)" ''
	[ -p to/file ]
	for name in link link2 file2; do assert_equal "$(<to/$name)" "newer $name"; done
}
