#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --dedupe and --dedupe-within: lists, reports, forecasts, and options that they do not go with.
# needs: images

load ../../fixtures/report
load ../../fixtures/dedupe

setup_file() { dedupe_file xfs; }

setup() {
	lab_setup
	cd "$(mktemp -d -p "$BATS_FILE_TMPDIR/xfs")" || return
	file_make src 100K && twin src a 'b c'
}

@test "destinations may come from a list" {
	ovl_cp --dedupe -v --dests-from=- src < <(printf 'a\nb c\n')
	assert_output "$(printf '%s\n' "'src' -> 'a'" "'src' -> 'b c'")"
	twin src a && printf 'a\0b c\0' >"$BATS_TEST_TMPDIR/list"
	ovl_cp --dedupe -v --dests0-from="$BATS_TEST_TMPDIR/list" src
	assert_success
	assert_output "'src' -> 'a'"
}

@test "the report has a line for each file, with what is shared now and was not before" {
	report --dedupe src a 'b c'
	says 'f["status"] == "deduped" and f["method"] == "dedupe" and f["size"] == 102400'
	says '[x["bytes_shared"] for x in o] == [102400, 102400, 204800]'
	echo x >>a && report --dedupe src a 'b c'
	assert_failure 1
	says 'to("a")["error"]["op"] == "dedupe-differs" and to("a")["status"] == "failed"'
	says 'to("b c")["rule"] == "shared-before" and end["bytes_shared"] == 0'
	report --dedupe-within .
	says 'len(o) == 2 and to("src")["source"]["path"] == "./b c"'
}

@test "--explain compares, and changes nothing" {
	before=$(extents a)
	unchanged --dedupe --explain src a
	assert_success
	assert_output --partial 'method:      deduplicated'
	assert_output --partial '102400 (100.0 KiB) shared'
	report --dedupe-within --dry-run .
	says 'end["status"]["planned"] == 2 and end["bytes_shared"] == 204800'
	assert_equal "$(extents a)" "$before"
	printf x | dd of=a bs=1 seek=50000 conv=notrunc status=none
	unchanged --dedupe --explain src a
	assert_failure 1
	assert_output --partial "'a' differs from 'src' at offset 50000"
}

@test "options of a copy are refused in one sentence" {
	for option in --link -l --backup -b --atomic --fan-out -p --preserve=all -t. --sparse=never -j2 -n \
		--dests-from=x --reflink=never; do
		unchanged --dedupe-within $option .
		assert_failure 1
		assert_output --regexp "^ovl-cp: cannot combine --dedupe(-within)? and --?[a-z-]+: nothing is copied, so that option has no meaning there$"
	done
	unchanged --dedupe --dedupe-within src a
	assert_output 'ovl-cp: cannot combine --dedupe and --dedupe-within: one compares the files that are named, the other searches'
	OVL_CP_REFLINK=never ovl_cp --dedupe src a
	assert_success
}

@test "what is missing on the command line is told" {
	ovl_cp --dedupe src
	assert_failure 1
	assert_line "ovl-cp: missing destination file operand after 'src'"
	ovl_cp --dedupe-within
	assert_failure 1
	assert_line 'ovl-cp: missing directory operand'
	ovl_cp --dedupe-within none src
	assert_failure 1
	assert_line "ovl-cp: cannot access 'none': No such file or directory"
	assert_line "ovl-cp: cannot access 'src': Not a directory"
}
