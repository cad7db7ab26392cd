#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# A copy of an overlay into its own upper layer reaches itself with other inode numbers.
# shellcheck disable=SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay
setup_file() { stack_file ext4 xfs tar; }

# ends ARG...: the copy must end, and report that it reached itself.
ends() {
	run timeout 60 "${OVL_CP:?}" "$@"
	echo "status ${status:?}: ${output:0:1000}"
	assert_equal "$status" 1
	assert_output --partial 'into itself'
	run find "$up/upper/new" -path '*/new/new/*'
	assert_output ''
}

scene() {
	mkdir -p "$low/dir/sub"
	echo a >"$low/dir/sub/file"
	stack "$@"
}

@test "an overlay is copied into its upper layer without the new copy" {
	scene
	ends -R "$merged" "$up/upper/new"
	assert_equal "$(<"$up/upper/new/dir/sub/file")" a
}

@test "an overlay is copied so with -a, and with inode numbers across layers" {
	scene xino=on
	ends -a "$merged" "$up/upper/new"
	assert_equal "$(<"$up/upper/new/dir/sub/file")" a
}

@test "a symbolic link that leads into the new copy is not followed" {
	scene
	ln -s "$merged/new/sub" "$merged/dir/sub/loop"
	ends -RL "$merged/dir" "$up/upper/new"
}
