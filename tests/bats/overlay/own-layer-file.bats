#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# A file of an overlay and its own file in a layer are one file under two inode numbers.
# shellcheck disable=SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay
setup_file() { stack_file ext4 xfs tar; }

scene() {
	file_make "$low/lower" 300K 1
	file_make "$low/up" 300K 2
	stack
	echo more >>"$merged/up"
	file_make "$merged/pure" 5K 3
}

# refused SOURCE DESTINATION NAME: the copy is refused, and NAME of the overlay keeps its data.
# As ${as_who}, if that is set.
refused() {
	local before
	before=$(sha256sum <"$merged/$3")
	run ${as_who-} timeout 60 "$OVL_CP" --explain "$1" "$2"
	assert_failure 1
	assert_output --partial 'are the same file'
	run ${as_who-} timeout 60 "$OVL_CP" "$1" "$2"
	assert_failure 1
	assert_output --partial 'are the same file'
	assert_equal "$(sha256sum <"$merged/$3")" "$before"
}

@test "a file of the lower layer is not emptied by a copy onto its layer file" {
	scene
	refused "$merged/lower" "$low/lower" lower
}

@test "a file of the upper layer is not emptied by a copy onto its layer file, or from there" {
	scene
	refused "$merged/up" "$up/upper/up" up
	refused "$merged/pure" "$up/upper/pure" pure
	refused "$up/upper/pure" "$merged/pure" pure
}

@test "a tree is not emptied by a copy onto the upper layer" {
	scene
	cp -a "$merged/." "$BATS_TEST_TMPDIR/ref"
	ovl_cp -a "$merged/." "$up/upper"
	assert_failure 1
	for file in lower up pure; do cmp "$merged/$file" "$BATS_TEST_TMPDIR/ref/$file"; done
}

@test "a file on the lower layer of the destination is no harm: it is copied up" {
	file_make "$low/file" 300K
	stack
	overlay_make "$BATS_TEST_TMPDIR/second" "$low" "$up/second"
	ovl_cp "$merged/file" "$BATS_TEST_TMPDIR/second/file"
	assert_success
	ovl_cp "$low/file" "$merged/file"
	assert_success
	assert_all_equal "$low/file" "$merged/file" "$BATS_TEST_TMPDIR/second/file"
	assert_copied_up file
}

@test "another file of the same size beside the layer file is overwritten" {
	scene
	file_make "$low/other" 300K 9
	ovl_cp "$merged/lower" "$low/other"
	assert_success
	cmp "$merged/lower" "$low/other"
}

@test "a copy that was made in the second in which its source changed is overwritten" {
	local coarse=$BATS_TEST_TMPDIR/coarse
	fs_make ext4 "$coarse" 64 '' -I 128 # its times are whole seconds
	file_make "$low/file" 300K 1
	overlay_make "$merged" "$low" "$coarse"
	until [ "${status-1}" -eq 0 ]; do
		echo more >>"$merged/file"
		for _ in 1 2; do
			ovl_cp "$merged/file" "$coarse/copy"
			assert_success
		done
		run test "$(stat -c %z "$merged/file")" = "$(stat -c %z "$coarse/copy")"
	done
	cmp "$merged/file" "$coarse/copy"
	refused "$merged/file" "$coarse/upper/file" file
	umount "$merged" "$coarse"
}

@test "a file whose metadata alone was copied up is not emptied where there are no extents" {
	local mem=$BATS_TEST_TMPDIR/mem
	mkdir "$mem"
	mount -t tmpfs tmpfs "$mem"
	mkdir "$mem/low"
	file_make "$mem/low/file" 300K 1
	overlay_make "$merged" "$mem/low" "$up" metacopy=on
	chmod 600 "$merged/file"
	refused "$merged/file" "$mem/low/file" file
	file_make "$mem/low/other" 300K 9
	ovl_cp "$merged/file" "$mem/low/other"
	assert_success
	umount "$merged" "$mem"
}

@test "an ordinary user empties no file whose metadata alone was copied up" {
	local mem=$BATS_TEST_TMPDIR/mem below as_who=as_user
	mkdir "$mem"
	mount -t tmpfs tmpfs "$mem"
	mkdir "$mem/low"
	for below in "$mem/low" "$low"; do
		file_make "$below/file" 300K 1
		file_make "$below/other" 300K 9
		overlay_make "$merged" "$below" "$up" metacopy=on
		# the layer file belongs to the user; the overlay shows times of its own
		chmod 666 "$below"/*
		touch -h -d 2001-01-01 "$merged/file"
		refused "$merged/file" "$below/file" file
		run as_user "$OVL_CP" "$merged/file" "$below/other"
		assert_success
		cmp "$merged/file" "$below/other"
		umount "$merged"
		rm -rf "$up/upper/file"
	done
	umount "$mem"
}
