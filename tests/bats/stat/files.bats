#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Output about files on an overlay and elsewhere.
# shellcheck disable=SC2030,SC2031,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay
load ../../fixtures/stat

setup_file() { stack_file ext4 xfs; }

@test "a file on a lower layer, and what a copy-up of it would do" {
	file_make "$low/file" "$SIZE"
	stack
	remember "$merged/file"
	ovl_stat "$merged/file"
	assert_success
	assert_says file "regular file, 3.0 MiB ($SIZE bytes)"
	assert_says data 'on a lower layer of an overlay'
	assert_says clone 'not without a copy-up' 'after a copy-up yes (xfs'
	assert_says copy-up 'writes 3.0 MiB to the upper layer, once; changes its ctime and birth time'
	assert_says overlay "mounted at '$merged', read-write"
	assert_says 'upper layer' "'$up/upper'"
	assert_says 'lower layer' "'$low'"
	assert_line --regexp '^ +xfs, .*UUID '
	assert_line --regexp '^ +ext4, .*UUID '
	assert_not_copied_up file
	assert_untouched "$merged/file"
}

@test "a file that was copied up, and one whose metadata was" {
	file_make "$low/file" "$SIZE"
	file_make "$low/meta" "$SIZE"
	stack metacopy=on
	: >>"$merged/file"
	"$OVL_CP" "$merged/file" "$merged/copy"
	chmod 600 "$merged/meta"
	ovl_stat "$merged/file"
	assert_says data 'on the upper layer'
	assert_says clone 'yes, within the overlay'
	assert_says copy-up 'not needed'
	assert_says extents 'MiB shared with other files'
	assert_says options 'metacopy=on'
	ovl_stat "$merged/meta"
	assert_says data 'only its owner, mode and times were copied up'
	assert_says copy-up 'and its mtime unless it is done by ovl-cp'
}

@test "hard links that a copy-up would split, and those that it would not" {
	file_make "$low/file" 10K
	ln "$low/file" "$low/second"
	stack index=off
	ovl_stat "$merged/file"
	assert_says 'hard links' 2
	assert_says copy-up 'changes its inode number, and breaks its hard links'
	overlay_remount "$merged" index=on
	ovl_stat "$merged/file"
	assert_says copy-up 'changes its ctime and birth time'
}

@test "one that cannot be looked at makes the exit status 1, and the others are shown" {
	file_make "$low/file" 10K
	ovl_stat "$low/none" "$low/file/none" "$low/file"
	assert_failure 1
	assert_line "ovl-stat: cannot inspect '$low/none': No such file or directory"
	assert_line "ovl-stat: cannot inspect '$low/file/none': Not a directory"
	assert_says data 'not on an overlay'
	assert_says clone 'no: ext4 cannot clone'
	assert_says filesystem ext4
}

@test "the extents of a file that may not be read are unknown, and nobody is blamed" {
	requires setpriv root
	file_make "$low/file" 10K
	chmod 600 "$low/file"
	run as_user "$OVL_STAT" "$low/file"
	assert_success
	assert_says extents 'unknown: no permission to read the file, or no FIEMAP'
}

@test "of many lower layers the first twelve are shown" {
	for i in {1..14}; do mkdir "$low/$i"; done
	file_make "$low/14/file" "$SIZE"
	mkdir -p "$up/upper" "$up/work" "$merged"
	cd "$low"
	mount -t overlay -o "lowerdir=$(echo {1..14} | tr ' ' :),upperdir=$up/upper,workdir=$up/work" overlay "$merged"
	ovl_stat "$merged/file"
	assert_success
	assert_equal "$(grep -c '^ *lower layer' <<<"$output")" 12
	assert_line --regexp '^ +and 2 more, which --json lists$'
}

@test "a file on FUSE is not said to be on an overlay" {
	requires fuse-overlayfs
	fuse_stack 10K
	ovl_stat "$merged/file"
	assert_success
	assert_says data 'on a FUSE filesystem, which may be an overlay; on which layer is unknown'
	assert_says filesystem fuse.fuse-overlayfs
	refute_output --partial 'options'
}
