#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Reports about regular files, about other types, and about files that were not copied.

load ../../fixtures/report

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	file_make src 100000
	mkdir dir
}

@test "bytes that were read and written" {
	report --reflink=never src new
	assert_success
	says 'f["method"] == "read-write" and f["rule"] == "never" and f["why"] == "reflink-never"'
	says 'f["bytes_written"] == f["size"] == 100000 and f["bytes_shared"] == 0'
	says 'f["layer"] == "none" and f["source_on_overlay"] is False and f["refusal"] is None'
	says 'f["source"] == {"path": "src"} and f["destination"] == {"path": "new"}'
	says '0 < f["duration_ns"] < end["duration_ns"] and end["exit_status"] == 0'
}

@test "a stream is a file for the second destination" {
	requires root loop reflink:xfs
	fs_make xfs "$BATS_TEST_TMPDIR/xfs"
	report --fan-out /dev/stdin xfs/one xfs/two < <(cat src)
	assert_success
	cmp src xfs/two
	says 'o[0]["bytes_written"] == o[1]["bytes_shared"] == 100000 and o[1]["bytes_hole"] == 0'
}

@test "a tree, with a directory after what is in it" {
	mkdir -p dir/sub dir/empty
	ln -s nowhere dir/link
	mkfifo dir/fifo
	file_make dir/sub/one 10
	ln dir/sub/one dir/sub/two
	report -a dir copy
	assert_success
	says '[to(n)["method"] for n in ("link", "fifo", "sub", "empty", "copy")] ==
		["symbolic-link", "special-file", "directory", "directory", "directory"]'
	says 'sorted(to("sub/" + n)["method"] == "hard-link" for n in ("one", "two")) == [False, True]'
	says 'o.index(to("sub/one")) < o.index(to("copy/sub")) < o.index(to("copy")) == len(o) - 2'
	says 'to("copy")["duration_ns"] > to("sub/one")["duration_ns"] and len(o) == 8'
	says 'to("copy")["rule"] is None and to("copy")["size"] is None'
}

@test "a failure has its error, and the others are copied" {
	report src missing dir/../src dir
	assert_failure 1
	says 'o[1]["status"] == "failed" and o[1]["destination"] is None'
	says 'o[1]["error"] == {"op": "stat-source", "errno": 2, "errname": "ENOENT", "message":
		"cannot stat '\''missing'\'': No such file or directory"}'
	says 'o[2]["status"] == "skipped" and o[2]["warnings"][0]["op"] == "source-repeated"'
	says 'end["exit_status"] == 1 and end["status"]["copied"] == 1'
}

@test "what lacks an attribute has failed, and has its data" {
	requires root setfattr
	mkdir none && mount -t ramfs none none
	file_make dir/file 5000
	setfattr -n user.some -v thing dir/file dir
	for option in -j1 -j4; do
		report $option --fsync -r --preserve=xattr dir "none/to$option"
		assert_failure 1
		says 'to("file")["status"] == to("'$option'")["status"] == "failed"'
		says 'to("file")["method"] == "read-write" and to("file")["bytes_written"] == 5000'
		says 'to("file")["error"]["errname"] == "EOPNOTSUPP" and to("file")["fsync"] is None'
		says 'to("'$option'")["method"] == "directory" and end["bytes_written"] == 5000'
		cmp dir/file "none/to$option/file"
	done
	run "$OVL_CP" --stats --preserve=xattr dir/file none
	assert_output --partial 'files: 1 copied, 1 error'
}

@test "what is left alone is skipped" {
	echo old >new
	report -n src new
	assert_success
	says 'f["status"] == "skipped" and f["method"] == "none" and f["warnings"] == []'
	says 'f["error"] is None and f["duration_ns"] is None and f["rule"] is None'
}

@test "backups and removals are reported" {
	echo old >new
	report -b src new
	says 'f["backup"] == {"path": "new~"} and not f["removed"] and not f["restored"]'
	report --remove-destination src new
	says 'f["removed"] and f["backup"] is None and len(o) == 2'
}

@test "a dry run plans, also on standard output instead of --explain" {
	report --explain src new
	says 'f["status"] == "planned" and end["status"]["planned"] == 1'
	assert_not_exists new
	file=$BATS_TEST_TMPDIR/stdout
	"$OVL_CP" --explain --report=- src new >"$file"
	assert_valid "$file"
	assert_not_exists new
}
