#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Where /proc is not mounted, as in many chroots.
# shellcheck disable=SC2016,SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay

setup_file() { stack_file ext4 xfs; }

# without_proc ARG...: runs the program in $merged, in a mount namespace without /proc.
without_proc() {
	file_make "$low/file" "$SIZE"
	ln -s file "$low/link"
	mkdir "$low/dir"
	stack
	remember "$merged/file"
	# It may be mounted more than once.
	run unshare --mount sh -c 'while umount -l /proc 2>&-; do :; done
		[ ! -e /proc/self ] && cd "$1" && shift && exec "$@"' sh "$merged" "$OVL_CP" "$@"
	printf 'status %d\n%s\n' "$status" "$output"
	assert_untouched "$merged/file"
}

@test "a source is copied up by its name and cloned" {
	without_proc --debug file copy
	assert_cloned file copy
	assert_output --partial "$SIZE copied up"
	assert_grown_by "$SIZE"
}

@test "a source in a directory, to another directory" {
	without_proc --reflink=always dir/../file dir/copy
	assert_cloned file dir/copy
}

@test "a symbolic link is not followed to copy up: the bytes are copied" {
	without_proc --debug --copy-up=always link copy
	assert_copied file copy
	[ ! -L "$merged/copy" ]
}

@test "a symbolic link and --reflink=always: fails and leaves nothing" {
	without_proc --reflink=always link copy
	assert_refused file copy 'its copy-up failed'
}

@test "a fan-out clones its first copy" {
	without_proc --fan-out file one two three
	assert_copied file one two three
	assert_shares "$up/upper/"{one,two,three}
}

@test "a fan-out of a symbolic link" {
	without_proc --copy-up=always --fan-out link one two three
	assert_copied file one two three
	assert_shares "$up/upper/"{one,two,three}
}

@test "with -p" {
	without_proc -p file copy
	assert_cloned file copy
	assert_equal "$(stat -c %.9Y "$merged/copy")" "$(stat -c %.9Y "$merged/file")"
}

@test "where statx is refused the id of the mount is found in /proc" {
	requires strace
	file_make "$low/file" "$SIZE"
	stack
	remember "$merged/file"
	run strace -f -o "$BATS_TEST_TMPDIR/trace" -e inject=statx:error=EPERM \
		"$OVL_CP" "$merged/file" "$merged/copy"
	grep -q 'statx.*INJECTED' "$BATS_TEST_TMPDIR/trace"
	assert_cloned file copy
	assert_untouched "$merged/file"
}

@test "an option that forbids the copy-up is named as the reason" {
	without_proc --require=share --copy-up=never file copy
	assert_refused file copy '--copy-up=never forbids copying it up'
}
