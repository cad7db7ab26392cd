#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# If a report cannot be written, the copy is complete nevertheless, and the exit status is 1.

load ../../fixtures/report

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	mkdir tree
	for ((i = 0; i < 300; i++)); do
		echo "$i" >"tree/$i"
	done
}

@test "a reader that goes away" {
	# shellcheck disable=SC2016 # for that shell
	run --separate-stderr bash -c '"$OVL_CP" -r --report=- tree tree-copy | head -n 1 >first
		exit "${PIPESTATUS[0]}"'
	assert_harmless 'Broken pipe'
	python3 -m json.tool first
}

@test "a device that is full" {
	ovl_cp_split -r --report=/dev/full tree tree-copy
	assert_harmless "'/dev/full': No space left on device"
	assert_output ''
}

@test "a filesystem that is full: whole lines stay" {
	requires overlay python3
	fs_make tmpfs small 1 size=32k
	ovl_cp_split -r --report=small/report tree tree-copy
	assert_harmless "'small/report': No space left on device"
	run python3 -c 'import json; print(len([json.loads(l) for l in open("small/report")]))'
	assert_success
	[ "$output" -gt 10 ] && [ "$output" -lt 300 ]
}

@test "a report that was added to on a filesystem that was full goes on with whole lines" {
	requires overlay python3
	fs_make tmpfs small 1 size=32k
	OVL_CP_REPORT=small/report ovl_cp -r tree tree-copy
	assert_output --partial "'small/report': No space left on device"
	mount -o remount,size=64k small
	OVL_CP_REPORT=small/report ovl_cp tree/1 one
	refute_output
	run python3 -c 'import json; print([json.loads(l) for l in open("small/report")][-2]["destination"])'
	assert_output "{'path': 'one'}"
}

@test "a limit on the size of files" {
	# shellcheck disable=SC2016 # for that shell
	run --separate-stderr bash -c 'ulimit -f 8; exec "$OVL_CP" -r --report=report tree tree-copy'
	assert_harmless 'File too large'
}
