#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Reports about shared data, on xfs and on an overlay.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/report

setup_file() { stack_file ext4 xfs; }

@test "a clone" {
	file_make "$up/file" "$SIZE"
	report "$up/file" "$up/copy"
	assert_success
	says 'f["method"] == "clone" and f["rule"] == "clone" and f["why"] is None'
	says "f['bytes_shared'] == f['size'] == $SIZE and f['bytes_written'] == 0"
	says 'f["source_fs"] == f["destination_fs"] == "xfs" and f["layer"] == "none"'
}

@test "a clone after a copy-up" {
	file_make "$low/file" "$SIZE"
	stack
	report "$merged/file" "$merged/copy"
	assert_cloned file copy
	says 'f["method"] == "clone-upper" and f["layer"] == "lower" and f["why"] is None'
	says "f['bytes_copied_up'] == f['bytes_shared'] == $SIZE and f['bytes_written'] == 0"
	says 'f["refusal"] == {"op": "clone", "errno": 18, "errname": "EXDEV"}'
	says 'f["source_on_overlay"] and f["destination_on_overlay"] and f["destination_can_clone"]'
	says 'f["destination_fs"] == "xfs"'
	report "$merged/file" "$merged/copy2"
	says 'f["method"] == "clone" and f["layer"] == "upper" and f["bytes_copied_up"] == 0'
}

@test "a fan-out: one copy, and clones of it" {
	file_make "$low/file" "$SIZE"
	stack
	report --fan-out "$merged/file" "$merged/"{one,two,three}
	assert_copied file one two three
	says '[x["method"] for x in o[1:3]] == ["clone-donor"] * 2'
	says "f['bytes_written'] == $SIZE and f['why'] == 'lower-donor' and f['layer'] == 'lower'"
	says 'end["method"]["clone-donor"] == 2'
}

@test "a clone out of the overlay, from the file in its layer" {
	file_make "$low/file" "$SIZE"
	stack
	cp "$merged/file" "$merged/upper"
	report "$merged/upper" "$up/copy"
	assert_success
	says "f['method'] == 'clone-layer' and f['bytes_shared'] == $SIZE and f['layer'] == 'upper'"
	says 'f["source_on_overlay"] and not f["destination_on_overlay"] and f["why"] is None'
}

@test "copy_file_range, which found nothing to share" {
	mkdir "$BATS_FILE_TMPDIR/low/plain"
	file_make "$BATS_FILE_TMPDIR/low/plain/file" "$SIZE"
	report "$BATS_FILE_TMPDIR/low/plain/file" "$BATS_FILE_TMPDIR/low/plain/copy"
	assert_success
	says 'f["method"] == "copy-range" and f["why"] == "filesystem"'
	says "f['bytes_written'] == $SIZE and f['bytes_shared'] == 0"
	says 'f["refusal"]["errname"] == "EOPNOTSUPP" and f["destination_can_clone"] is False'
}

@test "a required clone that is refused" {
	file_make "$low/file" "$SIZE"
	stack
	report --reflink=always --copy-up=never "$merged/file" "$merged/copy"
	assert_failure 1
	says 'f["status"] == "failed" and f["why"] == "lower-never" and f["method"] == "none"'
	says 'f["error"]["op"] == f["refusal"]["op"] == "clone" and f["error"]["errname"] == "EXDEV"'
}

@test "holes, and numbers beyond 53 bits, are reported to the byte" {
	truncate -s $(((1 << 53) + 1)) "$up/huge"
	report "$up/huge" "$up/copy"
	assert_success
	says 'f["size"] == f["bytes_hole"] == 9007199254740993 == end["bytes_hole"]'
	grep -q '"size":9007199254740993,' "$file"
}
