#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copies from the layer itself of what means something else in the overlay: a warning says so.
# needs: images

load ../../fixtures/common

setup_file() {
	requires loop overlay fs:ext4 reflink:xfs setfattr || return 0
	fs_make ext4 "$BATS_FILE_TMPDIR/low"
	fs_make xfs "$BATS_FILE_TMPDIR/up"
	cd "$BATS_FILE_TMPDIR" || return
	mkdir low/dir low/plain
	file_make low/big 2M
	file_make low/small 2000
	echo x >low/gone
	echo x >low/dir/x
	overlay_make merged low up metacopy=on,redirect_dir=on
	chmod 600 merged/big merged/small
	rm merged/gone
	mv merged/dir merged/moved
	echo new >merged/new
	: >merged/empty
}

setup() {
	lab_setup
	cd "$BATS_FILE_TMPDIR" || return
	rm -rf out
}

warned() {
	assert_success
	for name in big small; do
		assert_line "ovl-cp: warning: the data of '$1/$name' is in a lower layer of its overlay (metacopy), and was not copied; copy the file from the mounted overlay"
	done
	assert_line --partial "warning: other entries of '$1/moved' may be in a lower layer"
	assert_line "ovl-cp: warning: '$1/gone' is a whiteout, which marks a removed file in the layer of an overlay, and not a file itself"
	assert_equal "${#lines[@]}" "${2:-5}" # the last is another name of the moved directory
}

@test "each file of a tree that is copied from the layer is told" {
	for how in -a -R '-R -j 4' '-Rp --sparse=always'; do
		rm -rf out
		# shellcheck disable=SC2086 # words
		ovl_cp $how up/upper out
		warned up/upper
	done
}

@test "and so is a named one, also to several destinations" {
	ovl_cp up/upper/big out
	assert_output --partial "the data of 'up/upper/big'"
	ovl_cp --fan-out up/upper/big up/new1 up/new2
	assert_success
	assert_equal "$(grep -c metacopy <<<"$output")" 2
	mkdir out.d
	ovl_cp up/upper/big up/upper/small up/upper/new out.d
	assert_equal "$(grep -c metacopy <<<"$output")" 2
	rm -r out.d up/new1 up/new2
}

@test "nothing is told of a copy from the overlay, of other files, and of links" {
	ovl_cp -a merged out
	assert_success
	assert_output ''
	ovl_cp -a low out/low
	assert_output ''
	ovl_cp -R -l up/upper up/links
	refute_output --partial metacopy
	truncate -s 1M sparse
	ovl_cp sparse up/upper/new up/upper/empty out
	assert_output ''
}
