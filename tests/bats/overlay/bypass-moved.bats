#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Layer bypass: directories that were moved.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # variables of the fixtures
# needs: images

load ../../fixtures/overlay
load ../../fixtures/bypass

setup_file() { stack_file xfs xfs getfattr setfattr; }

lower_tree() {
	mkdir -p "$low/a/b/c"
	file_make "$low/a/b/c/file" "$SIZE"
}

# again [OPTS]: mounts a new overlay, in which the upper layer has become a lower one.
again() {
	umount "$merged"
	mv "$up/upper" "$lower_out/layer"
	rm -rf "$up/work"
	overlay_make "$merged" "$lower_out/layer:$low" "$up" "$1"
}

@test "a directory that was given another name" {
	lower_tree
	stack redirect_dir=on
	mv "$merged/a/b" "$merged/a/x"
	assert_past "$low/a/b/c/file" "$merged/a/x/c/file" "$lower_out/copy"
	mv "$merged/a" "$merged/y"
	assert_past "$low/a/b/c/file" "$merged/y/x/c/file" "$lower_out/copy"
}

@test "a directory that was moved elsewhere" {
	lower_tree
	stack redirect_dir=on
	mkdir "$merged/new"
	mv "$merged/a/b/c" "$merged/new/c"
	assert_past "$low/a/b/c/file" "$merged/new/c/file" "$lower_out/copy"
	mv "$merged/new" "$merged/a/new"
	assert_past "$low/a/b/c/file" "$merged/a/new/c/file" "$lower_out/copy"
}

@test "a directory that was moved into one that is opaque" {
	lower_tree
	mkdir "$low/dir"
	stack redirect_dir=on
	rmdir "$merged/dir"
	mkdir "$merged/dir"
	mv "$merged/a/b" "$merged/dir/b"
	assert_past "$low/a/b/c/file" "$merged/dir/b/c/file" "$lower_out/copy"
}

@test "a directory that was moved in two layers" {
	lower_tree
	stack redirect_dir=on
	mv "$merged/a/b" "$merged/a/x"
	again redirect_dir=on
	mkdir "$merged/new"
	mv "$merged/a/x/c" "$merged/new/c"
	assert_past "$low/a/b/c/file" "$merged/new/c/file" "$lower_out/copy"
}
