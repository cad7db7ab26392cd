#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Layer bypass: from which layer a file is cloned when several have one of its name.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # variables of the fixtures
# needs: images

load ../../fixtures/overlay
load ../../fixtures/bypass

setup_file() { stack_file xfs xfs setfattr; }

# alike FILE COPY: creates COPY with the size, owner and mtime of FILE, and other content.
alike() {
	mkdir -p "${2%/*}"
	file_make "$2" "$(stat -c %s "$1")" 99
	touch -r "$1" "$2"
}

# assert_sought PATH|- NAME: the lookup of NAME in the layers must find PATH, before any proof.
assert_sought() {
	assert_equal "$("$bypass" --lookup "$merged" "$2")" "$1"
}

@test "a file of a higher layer hides those below" {
	mkdir "$low/one" "$low/two"
	file_make "$low/two/file" "$SIZE"
	alike "$low/two/file" "$low/one/file"
	overlay_make "$merged" "$low/one:$low/two" "$up"
	assert_past "$low/one/file" "$merged/file" "$lower_out/copy"
	alike "$low/two/file" "$merged/file"
	assert_past "$up/upper/file" "$merged/file" "$out/copy"
	assert_no_way "$merged/file" "$lower_out/copy"
}

@test "a whiteout hides those below, and what was made in its place counts" {
	file_make "$low/file" "$SIZE"
	cp -a "$low/file" "$low/gone"
	stack
	rm "$merged/file" "$merged/gone"
	assert_sought - gone
	alike "$low/file" "$merged/file"
	assert_past "$up/upper/file" "$merged/file" "$out/copy"
	assert_no_way "$merged/file" "$lower_out/copy"
}

@test "a whiteout that is an attribute hides those below" {
	mkdir -p "$low/one/dir" "$low/two/dir"
	file_make "$low/two/dir/file" "$SIZE"
	: >"$low/one/dir/file"
	setfattr -n trusted.overlay.whiteout "$low/one/dir/file"
	setfattr -n trusted.overlay.opaque -v x "$low/one/dir"
	overlay_make "$merged" "$low/one:$low/two" "$up"
	assert_sought "$low/one/dir/file" dir/file # which has no data to share
	file_make "$low/two/dir/other" "$SIZE"
	assert_past "$low/two/dir/other" "$merged/dir/other" "$lower_out/copy"
}

@test "an opaque directory hides what is below" {
	mkdir "$low/dir"
	file_make "$low/dir/file" "$SIZE"
	cp -a "$low/dir/file" "$low/dir/gone"
	stack
	rm -r "$merged/dir"
	alike "$low/dir/file" "$merged/dir/file"
	assert_sought - dir/gone
	assert_past "$up/upper/dir/file" "$merged/dir/file" "$out/copy"
	assert_no_way "$merged/dir/file" "$lower_out/copy"
}

@test "a file hides a directory below" {
	mkdir "$low/dir"
	file_make "$low/dir/file" "$SIZE"
	stack
	rm -r "$merged/dir"
	: >"$merged/dir"
	assert_sought - dir/file
	rm "$merged/dir"
	ln -s "$low/dir" "$merged/dir"
	assert_sought - dir/file
}
