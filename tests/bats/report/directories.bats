#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Directories that fail: one line of the report for each destination of them, one message for all.

load ../../fixtures/report

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	mkdir -p dir/sub dir/closed to && echo text >dir/sub/file
	chmod 0777 . to
	file=$BATS_TEST_TMPDIR/to/report.json
}

# reported ARG...: the program with a report, as a user without rights to dir/closed.
reported() {
	chmod 0 dir/closed
	run as_user "$OVL_CP" --report="$file" "$@"
	chmod 0755 dir/closed
	assert_valid "$file"
}

@test "a directory that cannot be read fails once for each destination" {
	reported -R --fan-out dir to/one to/two to/three
	assert_failure 1
	assert_output --partial "cannot access 'dir/closed': Permission denied"
	assert_equal "${#lines[@]}" 1
	says 'sorted(name(x["destination"]).decode() for x in o[:-1] if x["status"] == "failed") ==
		["to/one/closed", "to/three/closed", "to/two/closed"]'
	says 'all(x["error"]["op"] == "read-directory" for x in o[:-1] if x["status"] == "failed")'
	says 'end["status"]["failed"] == 3 and end["status"]["copied"] == 9 and len(o) == 13'
}

@test "so does one whose destinations exist, with one line for each" {
	mkdir -p to/one/closed to/two/closed
	chmod -R 0777 to
	reported -RT --fan-out dir to/one to/two
	assert_failure 1
	assert_equal "${#lines[@]}" 1
	says 'len([x for x in o[:-1] if name(x["destination"]).endswith(b"closed")]) == 2'
	says 'end["status"]["failed"] == 2 and end["status"]["copied"] == 6'
}

@test "two that cannot be read have two messages" {
	mkdir dir/shut && chmod 0 dir/shut
	reported -R dir to/one
	chmod 0755 dir/shut
	assert_failure 1
	assert_equal "${#lines[@]}" 2
	says 'end["status"]["failed"] == 2'
}

@test "a directory that is copied into itself has one line, also if it exists" {
	report -R dir dir/sub
	assert_failure 1
	assert_output --partial "cannot copy a directory, 'dir', into itself"
	says 'to("sub/dir")["status"] == "failed"'
	says 'len([x for x in o[:-1] if name(x["destination"]) == b"dir/sub/dir"]) == 1'
	report -R dir dir/sub
	assert_failure 1
	says 'to("sub/dir")["error"]["op"] == "into-itself"'
	says 'len([x for x in o[:-1] if name(x["destination"]) == b"dir/sub/dir"]) == 1'
}
