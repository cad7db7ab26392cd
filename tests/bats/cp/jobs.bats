#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# -j: the number of threads changes nothing but the duration.

load ../../fixtures/common

# A tree that is difficult for threads: many directories, links in each of them, a read-only
# directory, unreadable files, times of each directory.
setup_file() {
	local d i
	mkdir "$BATS_FILE_TMPDIR/tree" && cd "$BATS_FILE_TMPDIR/tree" || return
	for d in {1..12}; do
		mkdir -p "d$d/sub/deep"
		for i in {1..40}; do echo "$d $i" >"d$d/f$i"; done
		ln "d$d/f1" "d$d/sub/link" && ln d1/f2 "d$d/to-first" 2>/dev/null
		ln -s f1 "d$d/symbolic"
		echo x >"d$d/sub/deep/file"
		setfattr -n user.d -v "$d" "d$d/f3" 2>/dev/null
	done
	chmod 555 d4/sub && chmod 4755 d5/f1 && chmod 400 d6/f6
	find . -exec touch -hd '2001-02-03 04:05:06.789' {} +
}

# An ordinary user needs permission to remove what is in the read-only directory.
teardown_file() { lab_cleanup && chmod -R u+w "$BATS_FILE_TMPDIR"; }
setup() { cd "$BATS_FILE_TMPDIR" || return; }

# listing DIR: prints everything that -a preserves.
listing() {
	(cd "$1" && find . ! -type d -printf '%p %y %m %U:%G %n %s %T@ %l\n' -o -type d \
		-printf '%p d %m %U:%G %T@\n' | sort &&
		find . ! -type l -print0 | sort -z | xargs -0 getfattr -d 2>/dev/null)
}

@test "every number of threads makes the same tree" {
	for jobs in 1 2 3 8 auto 64; do
		ovl_cp -a --jobs=$jobs tree "$BATS_TEST_TMPDIR/$jobs"
		assert_success
		refute_output
		diff <(listing tree) <(listing "$BATS_TEST_TMPDIR/$jobs")
		chmod -R u+w "$BATS_TEST_TMPDIR/$jobs"
	done
}

@test "hard links stay within the copy, whichever thread is first" {
	ovl_cp -a -j8 tree "$BATS_TEST_TMPDIR/to"
	assert_equal "$(find "$BATS_TEST_TMPDIR/to" -samefile "$BATS_TEST_TMPDIR/to/d1/f2" | wc -l)" 13
	chmod -R u+w "$BATS_TEST_TMPDIR/to"
}

@test "-v prints each file once, in whole lines, with any number of threads" {
	"$OVL_CP" -av -j1 tree "$BATS_TEST_TMPDIR/a" >"$BATS_TEST_TMPDIR/one"
	chmod -R u+w "$BATS_TEST_TMPDIR/a" && rm -r "$BATS_TEST_TMPDIR/a"
	"$OVL_CP" -av -j8 tree "$BATS_TEST_TMPDIR/a" >"$BATS_TEST_TMPDIR/eight"
	chmod -R u+w "$BATS_TEST_TMPDIR/a"
	diff <(sort "$BATS_TEST_TMPDIR/one") <(sort "$BATS_TEST_TMPDIR/eight")
}

@test "failures are reported, the rest is copied, the order is always the same" {
	mkdir "$BATS_TEST_TMPDIR/to" && chmod 777 "$BATS_TEST_TMPDIR/to" && chmod 755 ..
	for i in 1 2 3; do
		run as_user "$OVL_CP" -R -j8 tree "$BATS_TEST_TMPDIR/to/$i"
		[ "$(id -u)" != 0 ] || assert_failure 1
		echo "${output//\/to\/$i/\/to}" >"$BATS_TEST_TMPDIR/said.$i"
		[ "$(id -u)" != 0 ] || assert_output --partial "cannot open 'tree/d6/f6' for reading"
	done
	cmp "$BATS_TEST_TMPDIR/said.1" "$BATS_TEST_TMPDIR/said.2"
	cmp "$BATS_TEST_TMPDIR/said.1" "$BATS_TEST_TMPDIR/said.3"
	assert_equal "$(find "$BATS_TEST_TMPDIR/to/1" | wc -l)" "$(find "$BATS_TEST_TMPDIR/to/3" | wc -l)"
	chmod -R u+w "$BATS_TEST_TMPDIR/to"
}

# threads ARG...: copies the tree, and prints how many threads that starts.
threads() {
	strace -f -qq -o "$BATS_TEST_TMPDIR/trace" -e trace=clone,clone3 \
		"$OVL_CP" "$@" tree "$BATS_TEST_TMPDIR/$#" >"$BATS_TEST_TMPDIR/said" </dev/null
	grep -c CLONE_THREAD "$BATS_TEST_TMPDIR/trace" || :
}

@test "a tree is copied by threads, but by one with -j1, -L, -i and --explain" {
	requires strace
	if ldd "$OVL_CP" | grep -q libtsan; then skip 'ThreadSanitizer has a thread of its own'; fi
	started=$(threads -j3 -R)
	[ "$started" = 1 ] || [ "$started" = 2 ]
	assert_equal "$(threads -R -L -j3)" 0
	assert_equal "$(threads -R -i -j3 -p)" 0
	assert_equal "$(threads -R -j3 -p -v --explain)" 0
	assert_equal "$(threads -R -a -p -v -v -j1)" 0
	chmod -R u+w "$BATS_TEST_TMPDIR"
}

@test "few descriptors are enough, and an invalid number is refused" {
	(ulimit -n 120 && "$OVL_CP" -a -j8 tree "$BATS_TEST_TMPDIR/to") && chmod -R u+w "$BATS_TEST_TMPDIR/to"
	for word in 0 -1 many 2000; do
		ovl_cp "-j$word" tree "$BATS_TEST_TMPDIR/no"
		assert_failure 1
		assert_output --partial "give a number from 1 to 1024, or auto"
		assert_not_exists "$BATS_TEST_TMPDIR/no"
	done
}
