#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# -jN: files of a tree are copied up at the same time, with the results of one thread.
# needs: images
# shellcheck disable=SC2154 # low, up and merged are set by the fixture

load ../../fixtures/overlay

setup_file() {
	stack_file ext4 xfs strace
}

# a_tree: files of two directories below, one with two names, one empty, a link, and one above.
a_tree() {
	local i
	mkdir -p "$low/tree/sub"
	for i in {1..30}; do
		file_make "$low/tree/$i" $((4096 * i))
		file_make "$low/tree/sub/$i" $((4000 * i))
	done
	: >"$low/tree/empty"
	ln "$low/tree/1" "$low/tree/one"
	ln -s 1 "$low/tree/link"
	stack
	echo above >"$merged/tree/above"
}

# threads ARG...: runs the program, and prints how many threads it has started.
threads() {
	strace -f -qq -e trace=clone,clone3 -o trace "$OVL_CP" "$@" >said 2>&1 || : # a file with two names is refused
	grep -c CLONE_THREAD trace || :
}

# all_copied_up: each file of the tree with data and one name is on the upper layer.
all_copied_up() {
	local i
	for i in {2..30}; do
		copied_up "$up" "tree/$i" || fail "$i"
		copied_up "$up" "tree/sub/$i" || fail "sub/$i"
	done
}

@test "-j8 --copy-up-only -R copies up by threads, and says the same in the same order" {
	cd "$BATS_TEST_TMPDIR" && a_tree
	assert_equal "$(threads -v -j1 -R --copy-up-only "$merged/tree")" 0
	all_copied_up
	mv said one
	umount "$merged" && rm -r "$up" "$low" && mkdir -p "$up" "$low" && a_tree
	[ "$(threads -v -j8 -R --copy-up-only "$merged/tree")" -ge 6 ]
	all_copied_up
	diff one said
}

@test "-j8 -R --copy-up=always does, too, and the copies share" {
	cd "$BATS_TEST_TMPDIR" && a_tree
	[ "$(threads -j8 -R --copy-up=always "$merged/tree" "$merged/copy")" -ge 4 ]
	all_copied_up
	diff -r "$merged/tree" "$merged/copy"
	shares_extents "$up/upper/tree/sub/30" "$up/upper/copy/sub/30"
}

# overlapping ARG...: runs the program, and prints how many copy-ups began while another one was
# under way. Each is one utimensat, which takes longer here: before the call, because strace has printed
# its end before a delay after it.
overlapping() {
	strace -f -qq -e trace=utimensat -e inject=utimensat:delay_enter=20000 -o trace \
		"$OVL_CP" "$@" >said 2>&1 || fail "$(<said)"
	awk '/utimensat\(/ { overlap += running > 0 } /unfinished/ { running++ } / resumed/ { running-- }
		END { print overlap + 0 }' trace
}

# new_tree: the same tree once more, with times in the past, without a file of two names.
new_tree() {
	umount "$merged" 2>/dev/null || :
	rm -rf "$up" "$low" && mkdir -p "$up" "$low" && a_tree
	umount "$merged" && rm "$low/tree/one"
	touch -d 2001-01-01 "$low/tree" "$low/tree/sub" && rm -r "$up" && mkdir -p "$up" && stack
}

@test "by default files are copied up one at a time, so that directories keep their times" {
	cd "$BATS_TEST_TMPDIR"
	for option in --copy-up=always --reflink=always; do
		new_tree
		assert_equal "$(overlapping -R "$option" "$merged/tree" "$merged/copy")" 0
		all_copied_up
		assert_equal "$(stat -c %Y "$merged/tree" "$merged/tree/sub" | sort -u)" "$(date -d 2001-01-01 +%s)"
	done
	new_tree
	[ "$(overlapping -j4 -R --copy-up=always "$merged/tree" "$merged/copy")" -gt 0 ]
	new_tree
	assert_equal "$(threads -R --copy-up-only "$merged/tree")" 0
	all_copied_up
}

@test "so are files that were named, while others are copied" {
	cd "$BATS_TEST_TMPDIR"
	for i in {1..6}; do file_make "$low/$i" 1M; done
	stack
	mkdir "$merged/copy" "$merged/more"
	assert_equal "$(overlapping "$merged"/[1-6] "$merged/copy")" 0
	copied_up "$up" 6
	umount "$merged" && rm -r "$up" && mkdir -p "$up" && stack
	mkdir "$merged/copy"
	[ "$(overlapping -j4 "$merged"/[1-6] "$merged/copy")" -gt 0 ]
}

@test "a file that cannot be copied up is told in its place, and others are copied up" {
	cd "$BATS_TEST_TMPDIR" && a_tree
	run "$OVL_CP" -j8 -R --copy-up-only "$merged/tree"
	refused=$output
	assert_failure 1
	all_copied_up
	run "$OVL_CP" -j1 -R --copy-up-only "$merged/tree"
	assert_equal "$output" "$refused"
	assert_output --partial one
}
