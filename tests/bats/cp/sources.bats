#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Sources and destinations that are not ordinary files.
# shellcheck disable=SC2317 # scene is called by the fixture

load ../../fixtures/common
load ../../fixtures/cp

scene() {
	: >empty
	echo old >old
	mkdir dir
	chmod 600 empty
}

@test "an empty file is copied" { same_as_cp empty new; }

@test "an empty file empties an existing one" { same_as_cp empty old; }

@test "/dev/null makes an empty file" {
	same_tree_as_cp /dev/null new
	assert_file_empty "$BATS_TEST_TMPDIR/ovl/new"
}

@test "/dev/null empties an existing file" { same_as_cp /dev/null old; }

@test "/dev/null takes a file" { same_as_cp old /dev/null; }

@test "/dev/full does not" { same_as_cp old /dev/full; }

@test "a file in /proc whose size is 0 is copied with all its bytes" {
	same_tree_as_cp /proc/version new
	assert_file_not_empty "$BATS_TEST_TMPDIR/ovl/new"
}

@test "a file in /proc of several pages is copied whole" {
	requires python3
	# the mappings of a sleeping process, which are the same each time they are read
	python3 -c 'if True:
		import mmap, signal, sys
		maps = [mmap.mmap(-1, 4096) for i in range(3000)]
		open(sys.argv[1], "w").close()
		signal.alarm(60)
		signal.pause()' "$BATS_TEST_TMPDIR/ready" 3>&- &
	pid=$!
	until_true test -e "$BATS_TEST_TMPDIR/ready"
	[ "$(wc -c <"/proc/$pid/maps")" -gt 100000 ]
	same_tree_as_cp "/proc/$pid/maps" new
	cmp "/proc/$pid/maps" "$BATS_TEST_TMPDIR/ovl/new"
	kill "$pid"
}

@test "a file in /sys whose size is too large is copied with the bytes that it has" {
	same_tree_as_cp /sys/kernel/mm/transparent_hugepage/enabled new
	[ "$(wc -c <"$BATS_TEST_TMPDIR/ovl/new")" -lt 4096 ]
}

@test "a file in /proc keeps its bytes with --reflink=never" {
	ovl_cp --reflink=never /proc/version "$BATS_TEST_TMPDIR/new"
	assert_success
	cmp /proc/version "$BATS_TEST_TMPDIR/new"
}

@test "a directory is omitted" { same_but_words dir new; }

@test "a FIFO is read to its end" {
	cd "$BATS_TEST_TMPDIR"
	mkfifo fifo
	seq 300000 >src
	feed src fifo
	ovl_cp fifo new
	assert_success
	cmp <(seq 300000) new
}

@test "a FIFO is not waited for if its destination cannot be looked at" {
	requires root setpriv
	cd "$BATS_TEST_TMPDIR"
	mkdir -m 700 closed
	mkfifo -m 644 fifo
	run as_user timeout 60 "$OVL_CP" fifo closed/
	assert_failure 1
	assert_output "ovl-cp: cannot stat 'closed/fifo': Permission denied"
}

@test "standard input by its name in /dev is read to its end" {
	cd "$BATS_TEST_TMPDIR"
	seq 300000 | "$OVL_CP" /dev/stdin new
	cmp <(seq 300000) new
}

@test "a FIFO as destination is written" {
	cd "$BATS_TEST_TMPDIR"
	mkfifo fifo
	seq 300000 >src
	timeout 60 cat fifo >got 3>&- &
	ovl_cp src fifo
	assert_success
	wait $!
	cmp src got
	[ -p fifo ]
}

@test "standard output by its name in /dev is written" {
	cd "$BATS_TEST_TMPDIR"
	seq 300000 >src
	"$OVL_CP" src /dev/stdout | cmp src
}

@test "a socket cannot be read" {
	requires python3
	scene() { python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("sock")'; }
	same_tree_as_cp sock new
	assert_equal "$(<"$BATS_TEST_TMPDIR/ovl.status")" 1
}

@test "a file that grows while it is copied ends" {
	cd "$BATS_TEST_TMPDIR"
	seq 1000 >src
	# shellcheck disable=SC2094 # that is the point
	timeout 60 "$OVL_CP" --reflink=never src /dev/stdout >>src || [ $? -lt 124 ]
}
