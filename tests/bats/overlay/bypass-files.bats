#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Layer bypass: files of every kind.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # variables of the fixtures
# needs: images

load ../../fixtures/overlay
load ../../fixtures/bypass

setup_file() { stack_file xfs xfs; }

@test "a file that is not written out yet" {
	stack
	dd if=/dev/urandom of="$merged/file" bs=1M count=3 status=none
	assert_past "$up/upper/file" "$merged/file" "$out/copy"
}

@test "a file with holes, at its beginning too" {
	file_make "$low/file" "$SIZE"
	fallocate -p -o 0 -l 1M "$low/file"
	fallocate -p -o 2M -l 64K "$low/file"
	stack
	assert_past "$low/file" "$merged/file" "$lower_out/copy"
}

@test "a file of more extents than are asked for at a time" {
	requires python3
	python3 - "$low/file" <<-'END'
		import sys
		with open(sys.argv[1], "wb") as f:
		    for i in range(600):
		        f.seek(i * 8192)
		        f.write(bytes([i % 251 + 1]) * 4096)
	END
	stack
	assert_past "$low/file" "$merged/file" "$lower_out/copy"
	[ "$(extents "$lower_out/copy" | wc -l)" -ge 600 ]
}

@test "nothing but holes, or nothing at all, is nothing to share" {
	truncate -s "$SIZE" "$low/holes"
	: >"$low/empty"
	stack
	assert_no_way "$merged/holes" "$lower_out/copy"
	run "$bypass" "$merged/empty" "$lower_out/copy"
	assert_output 'not found: No such file or directory'
}

@test "a source that is not on an overlay" {
	file_make "$low/file" "$SIZE"
	assert_no_way "$low/file" "$lower_out/copy"
}
