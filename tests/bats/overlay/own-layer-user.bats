#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Whether a file in a layer is that of the overlay, for a user to whom the kernel shows no page frames.
# shellcheck disable=SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay
setup_file() { stack_file xfs xfs root; }

# owned SIZE: the lower layer has a file of the user, who may write in the directory.
owned() {
	mkdir "$low/layer"
	file_make "$low/layer/file" "$1"
	chown -R 65534:65534 "$low" "$up"
}

# user_copies ARG...: the program, run by the user.
user_copies() {
	chmod 755 "$BATS_TEST_TMPDIR"
	run as_user "$OVL_CP" "$@"
	echo "$output"
}

@test "a copy that shares all blocks with the file of the layer is another file" {
	owned 300K
	low=$low/layer stack
	cp -p --reflink=always "$low/layer/file" "$low/copy"
	user_copies -p "$merged/file" "$low/copy"
	assert_success
	refute_output
	cmp "$low/layer/file" "$low/copy"
}

@test "a file at the same place of another disk is another file" {
	requires fs:ext4
	local one=$BATS_TEST_TMPDIR/one two=$BATS_TEST_TMPDIR/two
	mkdir "$one" "$two"
	truncate -s 32M "$one.img"
	mkfs.ext4 -q "$one.img"
	mount -o loop "$one.img" "$one"
	mkdir "$one/layer"
	file_make "$one/layer/file" 300K
	chown -R 65534:65534 "$one/layer"
	umount "$one"
	cp "$one.img" "$two.img"
	mount -o loop "$one.img" "$one"
	mount -o loop "$two.img" "$two"
	chmod 600 "$two/layer/file" # a new ctime
	overlay_make "$merged" "$one/layer" "$up"
	chmod 755 "$merged"
	user_copies "$merged/file" "$two/layer/file"
	assert_success
	umount "$merged" "$one" "$two"
}

# A copy of $merged/file onto its own layer file is refused, and its data stays.
refused_for_user() {
	local before
	before=$(sha256sum <"$low/layer/file")
	user_copies "$merged/file" "$low/layer/file"
	assert_failure 1
	assert_output --partial 'are the same file'
	assert_equal "$(sha256sum <"$merged/file")" "$before"
}

@test "the layer file is the same file, also if the metadata alone was copied up and changed" {
	owned 300K
	low=$low/layer stack metacopy=on
	refused_for_user
	as_user touch -c -d 2003-03-03 "$merged/file"
	refused_for_user
	cp --reflink=always "$low/layer/file" "$low/twin" # its blocks are shared
	refused_for_user
}

@test "likewise where there are no extents" {
	low=$BATS_TEST_TMPDIR/mem
	mkdir "$low"
	mount -t tmpfs tmpfs "$low"
	owned 300K
	low=$low/layer stack metacopy=on
	as_user touch -c -d 2003-03-03 "$merged/file"
	refused_for_user
	user_copies "$merged/file" "$up/copy"
	assert_success
	umount "$merged" "$low"
}
