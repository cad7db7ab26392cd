#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Layer bypass by an ordinary user, who cannot read trusted.overlay.* attributes: nothing is cloned
# where such an attribute could matter.
# shellcheck disable=SC2016,SC2030,SC2031,SC2034,SC2154 # variables of the fixtures
# needs: images

load ../../fixtures/overlay
load ../../fixtures/bypass

setup_file() { stack_file xfs xfs userns setpriv; }

as_who=as_user

@test "a file of the upper layer is found" {
	mkdir "$low/dir"
	stack
	file_make "$merged/dir/file" "$SIZE"
	assert_past "$up/upper/dir/file" "$merged/dir/file" "$out/copy"
}

@test "a file of a lower layer is found, if no layer above has its directory" {
	mkdir -p "$low/dir/in" "$low/other"
	file_make "$low/dir/in/file" "$SIZE"
	stack
	assert_past "$low/dir/in/file" "$merged/dir/in/file" "$lower_out/copy"
	touch "$merged/other/new"
	assert_past "$low/dir/in/file" "$merged/dir/in/file" "$lower_out/copy"
	touch "$merged/dir/new"
	assert_no_way "$merged/dir/in/file" "$lower_out/copy"
	as_who=
	assert_past "$low/dir/in/file" "$merged/dir/in/file" "$lower_out/copy"
}

@test "a file that was copied up is not proved" {
	file_make "$low/file" "$SIZE"
	stack metacopy=on
	chmod 666 "$merged/file"
	assert_no_way "$merged/file" "$lower_out/copy"
	assert_no_way "$merged/file" "$out/copy"
	: >>"$merged/file"
	assert_no_way "$merged/file" "$out/copy"
}

@test "to look for a layer file sets no atime, also of files of others" {
	file_make "$low/file" "$SIZE"
	touch -a -d 2000-01-01 "$low/file"
	chmod 666 "$low/file"
	stack
	chmod 755 "$merged"
	as_user "$OVL_STAT" "$merged/file"
	as_user "$OVL_CP" --explain "$merged/file" "$lower_out/copy"
	assert_equal "$(stat -c %x "$low/file")" '2000-01-01 00:00:00.000000000 +0000'
}

@test "a layer that the user may not enter" {
	file_make "$low/file" "$SIZE"
	stack
	chmod 700 "$low"
	chmod 755 "$merged"
	assert_no_way "$merged/file" "$lower_out/copy"
}

@test "a file of another layer that looks the same is not taken" {
	mkdir "$low/other" "$low/layer"
	file_make "$low/layer/file" "$SIZE"
	file_make "$low/other/file" "$SIZE" 99
	touch -r "$low/layer/file" "$low/other/file"
	overlay_make "$merged" "$low/layer" "$up"
	mount --bind "$low/other" "$low/layer"
	assert_no_way "$merged/file" "$lower_out/copy"
}
