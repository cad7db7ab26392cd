#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# In a container, whose layers belong to another mount namespace, ovl-stat reports what it can and
# what it cannot see, and opens no path of a layer.
# shellcheck disable=SC2016,SC2030,SC2031,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay
load ../../fixtures/stat
load ../../fixtures/container

setup_file() { stack_file ext4 xfs ldd ldconfig pivot_root strace; }

setup() {
	container_setup "$OVL_STAT"
	file_make "$low/file" "$SIZE"
}

# seen ARG...: runs ovl-stat in the container.
seen() {
	contained "${OVL_STAT##*/}" "$@"
	assert_success
}

@test "the layer of a file, and that its filesystem cannot be seen" {
	seen file
	assert_says data 'on a lower layer of an overlay'
	assert_says 'upper layer' "'$up/upper' (in another mount namespace, or removed; not opened)"
	assert_says 'lower layer' "'$low' (in another mount namespace, or removed; not opened)"
	assert_says clone 'not without a copy-up' 'if the upper layer can clone, see --matrix'
	assert_says overlay "mounted at '/', read-write"
	assert_not_copied_up file
}

@test "--matrix finds out by asking the kernel" {
	seen --matrix file dir
	assert_line --regexp '^  without a copy-up +no '
	assert_line --regexp '^  after a copy-up +yes '
	assert_not_copied_up file
}

@test "--map compares files of one layer" {
	: >>"$merged/file"
	"$OVL_CP" "$merged/file" "$merged/copy"
	COLUMNS=12 seen --map file copy ovl-stat
	assert_line --regexp '^A #+$'
	assert_line --regexp '^B #+$'
	assert_line 'A, B | C  on different filesystems: they share nothing'
}
