#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --copy-up-only for trees, and in a report.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/report

setup_file() { stack_file ext4 xfs; }

a_tree() {
	mkdir -p "$low/tree/a/b"
	file_make "$low/file" 100
	file_make "$low/tree/one" 100
	file_make "$low/tree/a/b/two" "$SIZE"
	ln -s ../file "$low/tree/link"
	mkfifo "$low/tree/fifo"
}

@test "a tree is copied up file by file, links and special files are not" {
	a_tree
	stack
	report --copy-up-only "$merged/tree"
	assert_failure 1
	assert_output --partial 'omitting directory'
	report --copy-up-only -R "$merged/tree"
	assert_success
	assert_copied_up tree/one tree/a/b/two
	assert_not_copied_up file tree/link tree/fifo
	says 'end["status"]["copied"] == 2 and end["bytes_copied_up"] == '$((SIZE + 100))
	says 'all(x["method"] == "copy-up" and x["destination"] is None for x in o[:-1])'
}

@test "what is refused or left alone says why" {
	a_tree
	ln "$low/tree/one" "$low/tree/same"
	: >"$low/tree/empty"
	stack
	: >>"$merged/tree/a/b/two"
	report --copy-up-only -R "$merged/tree" "$low/file"
	assert_failure 1
	says 'sorted(x["why"] for x in o[:-1]) ==
		["empty", "lower-links", "lower-links", "no-overlay", "upper-already"]'
	says 'end["status"] == {"copied": 0, "skipped": 3, "failed": 2, "planned": 0, "deduped": 0}'
	says '{x["error"]["op"] for x in o[:-1] if x["error"]} == {"copy-up-refused"}'
}
