#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Layer bypass: files whose metadata and whose data are in two layers.
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

@test "a file of which only the metadata was copied up" {
	lower_tree
	stack metacopy=on,redirect_dir=on
	chmod 600 "$merged/a/b/c/file"
	assert_not_copied_up a/b/c/file
	assert_past "$low/a/b/c/file" "$merged/a/b/c/file" "$lower_out/copy"
	mv "$merged/a/b/c/file" "$merged/moved"
	assert_past "$low/a/b/c/file" "$merged/moved" "$lower_out/copy"
	assert_no_way "$merged/moved" "$out/copy"
}

@test "a file of which only the metadata was copied up, twice" {
	lower_tree
	stack metacopy=on,redirect_dir=on
	chmod 600 "$merged/a/b/c/file"
	mv "$merged/a/b/c/file" "$merged/moved"
	again metacopy=on,redirect_dir=on
	chmod 640 "$merged/moved"
	mv "$merged/moved" "$merged/twice"
	assert_past "$low/a/b/c/file" "$merged/twice" "$lower_out/copy"
}

# stack_data_only PREFIX OPTS: mounts a stack with "file", whose data is in a layer of data only, as
# attributes that begin with PREFIX say.
stack_data_only() {
	mkdir -p "$low/meta" "$low/data/x"
	file_make "$low/data/x/data" "$SIZE"
	truncate -s "$SIZE" "$low/meta/file"
	setfattr -n "$1.overlay.metacopy" "$low/meta/file"
	setfattr -n "$1.overlay.redirect" -v /x/data "$low/meta/file"
	overlay_make "$merged" "$low/meta::$low/data" "$up" "$2"
}

@test "a file whose data is in a layer of data only" {
	stack_data_only trusted metacopy=on,redirect_dir=on
	assert_past "$low/data/x/data" "$merged/file" "$lower_out/copy"
}

@test "the same with attributes that users may set, where the kernel shows it" {
	stack_data_only user userxattr
	cmp "$low/data/x/data" "$merged/file" || cannot_run 'it has data-only layers not with userxattr'
	assert_past "$low/data/x/data" "$merged/file" "$lower_out/copy"
	assert_no_way "$merged/file" "$out/copy"
}
