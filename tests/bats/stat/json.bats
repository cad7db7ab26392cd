#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The objects of --json.
# shellcheck disable=SC2030,SC2031,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay
load ../../fixtures/stat

setup_file() { stack_file ext4 xfs python3; }

@test "one object a line for each file" {
	file_make "$low/file" "$SIZE"
	stack
	json_of '[(x["schema"], x["size"], x["layer"]) for x in o]' "$merged/file" "$low/file"
	assert_output "[(1, $SIZE, 'lower'), (1, $SIZE, 'none')]"
	json_of '["overlay" in x for x in o]' "$merged/file" "$low/file"
	assert_output '[True, False]'
}

@test "the overlay, its options and its layers" {
	file_make "$low/file" "$SIZE"
	stack index=on
	json_of '[(l["role"], l["path"], l["visible"], l["filesystem"]["type"])
		for l in o[0]["overlay"]["layers"]]' "$merged/file"
	assert_output "[('upper', '$up/upper', True, 'xfs'), ('work', '$up/work', True, 'xfs'), $(
	)('lower', '$low', True, 'ext4')]"
	json_of 'o[0]["overlay"]["options"]["index"], o[0]["overlay"]["layers_cut"], o[0]["mount"]["point"]' \
		"$merged/file"
	assert_output "('on', False, '$merged')"
}

@test "a name that is not UTF-8 is in base64" {
	file_make "$low/"$'\xff\x01' 10
	json_of '__import__("base64").b64decode(o[0]["path_b64"]), "path" in o[0]' "$low/"$'\xff\x01'
	assert_output "(b'$low/\\xff\\x01', False)"
	file_make "$low/ä" 10
	json_of 'o[0]["path"].encode(), "path_b64" in o[0]' "$low/ä"
	assert_output "(b'$low/\\xc3\\xa4', False)"
}

@test "extents are null where the filesystem does not report them" {
	fs_make tmpfs "$BATS_TEST_TMPDIR/tmpfs" 1
	file_make "$BATS_TEST_TMPDIR/tmpfs/file" 10K
	json_of 'o[0]["extents"], o[0]["bytes_shared"], o[0]["bytes_data"]' "$BATS_TEST_TMPDIR/tmpfs/file"
	assert_output '(None, None, 10240)'
}

@test "what a copy-up changes" {
	file_make "$low/file" 10K
	ln "$low/file" "$low/second"
	file_make "$low/single" 10K
	stack
	json_of '[(x["copy_up"]["splits_links"], x["copy_up"]["changes_inode"]) for x in o]' \
		"$merged/"{file,single}
	assert_output '[(True, True), (False, False)]'
}

@test "an inode number that has 64 bits" {
	file_make "$low/file" 10
	stack xino=on
	ino=$(stat -c %i "$merged/file")
	[ "${#ino}" -ge 19 ] || fail "this number has not: $ino"
	json_of 'o[0]["inode"]' "$merged/file"
	assert_output "$ino"
	json_of 'type(o[0]["inode"]).__name__' "$merged/file"
	assert_output str
	json_of 'type(o[0]["inode"]).__name__' "$low/file"
	assert_output int
}

@test "nothing more is copied up of a file that is on the upper layer" {
	file_make "$low/file" "$SIZE"
	stack
	json_of 'o[0]["copy_up"]["bytes"]' "$merged/file"
	assert_output "$SIZE"
	touch "$merged/file"
	json_of 'o[0]["copy_up"]["bytes"], o[0]["layer"]' "$merged/file"
	assert_output "(0, 'upper')"
}

@test "libjansson is loaded for it, and not without it" {
	dynamic_only 'it loads nothing'
	requires strace
	strace -e trace=openat -o "$BATS_TEST_TMPDIR/trace" "$OVL_STAT" "$low" >/dev/null
	run -1 grep jansson "$BATS_TEST_TMPDIR/trace"
	strace -e trace=openat -o "$BATS_TEST_TMPDIR/trace" "$OVL_STAT" --json "$low" >/dev/null
	grep -q jansson "$BATS_TEST_TMPDIR/trace"
}
