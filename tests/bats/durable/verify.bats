#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --verify: each copy is compared with its source.

load ../../fixtures/common
load ../../fixtures/quirkfs
load ../../fixtures/stopped

setup() {
	requires fusepy
	cd "$BATS_TEST_TMPDIR" || return
	file_make src 1M
}

differs() {
	assert_failure 1
	assert_output "ovl-cp: '$1' differs from its source, 'src'; the first difference is at offset 5000"
}

@test "--verify finds a byte that is stored wrong, and removes the file" {
	quirkfs_mount back bad wrong-byte
	ovl_cp --verify src bad/new
	differs bad/new
	assert_not_exists back/new
}

@test "--verify removes an existing file that was overwritten wrong; with --atomic the old one stays" {
	quirkfs_mount back bad wrong-byte
	echo old >back/old
	ovl_cp --atomic --verify src bad/old
	assert_equal "$(ls -A back) $(cat back/old)" 'old old'
	ovl_cp --verify src bad/old
	differs bad/old
	assert_not_exists back/old
}

@test "--verify in a tree removes the file that is wrong only" {
	mkdir tree && cp src tree/long
	echo short >tree/short
	quirkfs_mount back bad wrong-byte
	ovl_cp -r --verify tree bad/tree
	assert_equal "$(ls back/tree)" short
}

@test "--verify accepts right copies, with holes, empty, and of a length that is no block" {
	truncate -s 10M holes && printf x >>holes && truncate -s 30M holes
	: >empty
	printf '%5001s' '' >odd
	for name in src holes empty odd; do
		"$OVL_CP" --verify $name new
		cmp $name new
	done
}

@test "--verify proves a clone by its extents, and reads a copy" {
	requires root loop reflink:xfs
	fs_make xfs "$BATS_TEST_TMPDIR/xfs" && cp src xfs/src
	ovl_cp --verify --report=report xfs/src xfs/new
	ovl_cp --verify --reflink=never --report=report2 xfs/src xfs/new2
	assert_equal "$(grep -o '"verified":"[a-z]*"' report report2)" \
		"$(printf '%s\n' 'report:"verified":"extents"' 'report2:"verified":"bytes"')"
	ovl_cp --verify --fan-out --reflink=auto --report=report src xfs/a xfs/b xfs/c
	assert_equal "$(grep -c '"verified":"extents"' report)" 2 # from a donor
	ovl_cp --verify --explain xfs/src xfs/new3
	assert_success
	assert_line --regexp 'compared: .*by their extents'
}

@test "--verify cannot compare a stream, and leaves nothing of it" {
	run bash -c 'echo data | "$OVL_CP" --verify /dev/stdin new'
	assert_output "ovl-cp: cannot compare 'new' with '/dev/stdin': Illegal seek"
	assert_not_exists new
}

@test "--verify notices that the source has changed meanwhile" {
	requires strace
	stopped fdatasync when=1 --verify --reflink=never src new
	printf x | dd of=src bs=1 seek=5000 conv=notrunc status=none
	local status=0
	goes_on || status=$?
	assert_equal "$status $(<"${said:?}")" "1 ovl-cp: 'new' differs from its source, 'src'; the first difference is at offset 5000"
}
