#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The report of a dry run has what the report of the copy then has, and the filesystem agrees.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/report

setup_file() { stack_file ext4 xfs; }

# scene [OPTIONS]: mounts a stack with some files, and a directory of every user.
scene() {
	mkdir "$low/tree"
	file_make "$low/file" "$SIZE"
	file_make "$low/small" 20000
	file_make "$low/others" 20000
	chown 1 "$low/others"
	file_make "$low/group" 20000
	chmod 664 "$low/group"
	: >"$low/tree/empty"
	stack "${1-}"
	mkdir "$merged/to"
	cd "$merged" || return
}

# as_done ARG...: --explain ARG... and then the copy must have equal reports, but for the status, the
# time, and what a copy does not ask for. The report of the copy is left in $file.
as_done() {
	local planned
	report --explain "$@"
	planned=$(<"$file")
	report "$@"
	run python3 - "$planned" "$(<"$file")" <<-'END'
		import json, sys
		def lines(text):
		    for line in text.splitlines():
		        o = json.loads(line)
		        o.pop("duration_ns")
		        if o["type"] == "summary":
		            o["status"] = sorted(o["status"].values())
		        elif o["status"] == "planned":
		            o["status"] = "copied"
		        yield o
		plan, done = list(lines(sys.argv[1])), list(lines(sys.argv[2]))
		assert len(plan) == len(done), (plan, done)
		for p, d in zip(plan, done):
		    if d.get("destination_can_clone") is None:
		        d.pop("destination_can_clone", None), p.pop("destination_can_clone", None)
		    assert p == d, {k: (p[k], d[k]) for k in p if p[k] != d.get(k)}
	END
	assert_success
}

@test "the second destination of a fan-out is cloned from a source on the upper layer" {
	scene
	as_done --fan-out --copy-up=always file to/one to/two to/three
	says '[x["rule"] for x in o[:3]] == ["clone-upper", "clone", "clone"]'
	says '[x["layer"] for x in o[:3]] == ["lower", "upper", "upper"]'
	as_done --fan-out --reflink=always small to/four to/five
}

@test "a destination that others may write is no donor of small files" {
	scene
	umask 022
	for name in others group; do
		as_done --fan-out -p $name to/$name.{1,2}
		says '[x["rule"] for x in o[:2]] == ["read-write", "read-write"]'
		as_done --fan-out $name to/$name.{3,4}
		says '[x["rule"] for x in o[:2]] == ["read-write", "donor"]'
	done
}

@test "a file that takes the place of one that others may write is no donor" {
	scene
	file_make to/others 10
	chown 1 to/others
	chmod 666 to/others
	as_done --atomic --fan-out small to/others to/new
	says '[x["rule"] for x in o[:2]] == ["read-write", "read-write"]'
	assert_equal "$(stat -c '%u %a' to/others)" '1 666'
}

@test "an empty file has nothing to share, wherever it is" {
	scene
	fs_make tmpfs "$BATS_TEST_TMPDIR/tmpfs"
	file_make "$BATS_TEST_TMPDIR/tmpfs/one" 4000
	: >"$BATS_TEST_TMPDIR/tmpfs/two"
	as_done "$BATS_TEST_TMPDIR/tmpfs/one" "$BATS_TEST_TMPDIR/tmpfs/two" to
	mkdir "$BATS_TEST_TMPDIR/tmpfs/to"
	as_done "$BATS_TEST_TMPDIR/tmpfs/one" "$BATS_TEST_TMPDIR/tmpfs/two" "$BATS_TEST_TMPDIR/tmpfs/to"
	says 'to("one")["why"] == "filesystem" and to("two")["why"] == "empty"'
	report --fallback=error "$BATS_TEST_TMPDIR/tmpfs/one" "$BATS_TEST_TMPDIR/tmpfs/two" \
		"$BATS_TEST_TMPDIR/tmpfs/to"
	assert_failure 1
	refute_output --partial "to/two'"
}

@test "a hard link to several places copies its source up once" {
	scene
	as_done -l --fan-out file to/one to/two
	says "end['bytes_copied_up'] == $SIZE"
	assert_grown_by "$SIZE"
}

@test "a file with two names is copied up once, by the first of them" {
	file_make "$low/two" 70000
	mkdir "$low/names"
	ln "$low/two" "$low/names/one" && ln "$low/two" "$low/names/other"
	scene index=on
	report --explain --copy-up-only -R names
	says 'sorted(x["bytes_copied_up"] for x in o[:-1]) == [0, 70000]'
	as_done -R --copy-up=always names to
	says 'sorted(x["bytes_copied_up"] for x in o[:-1]) == [0, 0, 70000]'
}

@test "a file that --copy-up-only is given twice is copied up once" {
	scene
	as_done --copy-up-only file ./file
	says "[x['bytes_copied_up'] for x in o[:-1]] == [$SIZE, 0]"
	assert_grown_by "$SIZE"
}

@test "of a file with a hole at its end clones have the extents" {
	scene
	truncate -s 8M to/file
	dd if=file of=to/file conv=notrunc status=none
	cp to/file "$BATS_TEST_TMPDIR/end"
	as_done --verify --atomic --fan-out "$BATS_TEST_TMPDIR/end" to/one to/two
	says 'to("two")["verified"] == "extents"'
}

@test "what gets no data, and what btrfs stores with its metadata, is not compared by extents" {
	requires loop reflink:btrfs
	scene
	as_done --verify --attributes-only file to/one
	says 'to("one")["verified"] is None'
	fs_make btrfs "$BATS_TEST_TMPDIR/btrfs" && cd "$BATS_TEST_TMPDIR/btrfs"
	head -c 1000 "$merged/file" >short && cp "$merged/file" long && mkdir to
	as_done --verify --fan-out short to/one to/two
	says '{x["verified"] for x in o[:2]} == {"bytes"}'
	as_done --verify long to/three
	says 'to("three")["verified"] == "extents"'
}

@test "new leading directories are on stable storage in the end" {
	scene
	as_done --fsync=file --parents tree/empty to
	assert_success
}

@test "leading directories of several sources are made once, and each has names of its own" {
	scene
	mkdir -p one/sub two && cp small one/file && cp small one/sub/file && cp small two/file
	as_done --parents one/file one/sub/file two/file ./two/./file to
	says '[x["method"] for x in o if x["status"] == "copied"].count("directory") == 3'
	as_done -a --parents one/file two/./file one to/one
}

@test "a name that comes again is left alone, or passed over" {
	scene
	cd to || return
	echo old >old && ln old link && touch -d 2001-01-01 old
	as_done --fan-out ../small new old link old new
	says 'end["status"] == {"copied": 2, "skipped": 3, "failed": 0, "planned": 0, "deduped": 0}'
	mkdir dir
	for options in -n -u --update=none '-u -p'; do
		# shellcheck disable=SC2086 # several options
		as_done $options ../small ../tree/../small dir
		# shellcheck disable=SC2086 # several options
		as_done $options ../small ../group ../others/../group dir
	done
	mkdir numbered && as_done --backup=numbered ../small ../tree/../small numbered
}

@test "a file that is overwritten is none that others become links of" {
	scene
	for option in '' --atomic -b; do
		rm -rf to/* && echo old >to/one
		# shellcheck disable=SC2086 # perhaps no option
		as_done --share=hardlink --fan-out $option small to/one to/two to/three
	done
	says '[x["method"] for x in o[:3]].count("hard-link") == 2' # -b makes room for a new one
}

@test "a volatile overlay stores nothing, which is known before" {
	scene volatile
	as_done --fsync=file file to/one
	says "o[0]['status'] == 'copied' and o[0]['bytes_copied_up'] == $SIZE"
	says 'o[1]["status"] == "failed" and o[1]["error"]["op"] == "volatile" and end["exit_status"] == 1'
	as_done --fsync=fs -R tree to
	says 'end["exit_status"] == 1'
	ovl_cp --explain --fsync file to/two
	assert_failure 1
	assert_output --partial "'to/two' is copied, but not to stable storage: it is on an overlay that"
	assert_output --partial 'total: 1 cloned'
}
