#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Dangling symbolic links as destinations.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

scene() {
	echo source >src
	ln -s nothing gone
	ln -s none/nothing lost
	mkdir -p dir/src dir2 tree
	ln -s nothing dir2/src
	echo x >tree/src
	ln -s loop loop
	mkfifo fifo
}

@test "a file is not written through a dangling link" { same_as_cp src gone; }

@test "a file is not written through a dangling link in a directory" { same_as_cp src dir2; }

@test "a file in a tree is not written through a dangling link" { same_as_cp -RT tree dir2; }

@test "a file is not written through a dangling link with -p" { same_as_cp -p src gone; }

@test "-i asks, and does not write through a dangling link" {
	twin_stdin=$'y\n' same_but_words -i src gone
}

@test "--remove-destination replaces a dangling link" { same_as_cp --remove-destination src gone; }

@test "with POSIXLY_CORRECT a file is written through a dangling link" {
	POSIXLY_CORRECT=1 same_as_cp src gone
}

@test "with POSIXLY_CORRECT a file in a tree is written through a dangling link" {
	POSIXLY_CORRECT=1 same_as_cp -RT tree dir2
}

@test "with POSIXLY_CORRECT and -f a file is written through a dangling link" {
	POSIXLY_CORRECT=1 same_as_cp -f src gone
}

@test "with POSIXLY_CORRECT a link into a missing directory is refused" {
	POSIXLY_CORRECT=1 same_as_cp src lost
}

@test "with POSIXLY_CORRECT a link to itself is refused" { POSIXLY_CORRECT=1 same_as_cp src loop; }

@test "a FIFO replaces a dangling link" { same_as_cp -R fifo gone; }

@test "a directory is not made through a dangling link" { same_as_cp -R tree gone; }

@test "with POSIXLY_CORRECT a directory is not made through a dangling link" {
	POSIXLY_CORRECT=1 same_as_cp -R tree gone
}

@test "several files need a directory, not a dangling link" { same_as_cp src tree/src gone; }

@test "-t with a dangling link is refused" { same_as_cp -t gone src; }

@test "a dangling link with a slash is refused" { same_but_words src gone/; }

@test "a dangling link to another filesystem is not written through" {
	scene() { echo source >src && ln -s /dev/shm/ovl-cp-none gone; }
	same_as_cp src gone
}

@test "with POSIXLY_CORRECT a hard link of a file that was written through a link is one to that" {
	scene() {
		mkdir tree dir
		echo x >tree/a
		ln tree/a tree/b
		ln -s nothing dir/a
	}
	POSIXLY_CORRECT=1 same_as_cp -L --preserve=links tree/a tree/b dir
}

@test "with POSIXLY_CORRECT -p a file made through a link permits others nothing before it is theirs" {
	requires root strace
	dynamic_only 'musl makes other system calls'
	cd "$BATS_TEST_TMPDIR"
	echo x >src && chown 3:4 src && chmod 640 src
	ln -s nothing gone
	POSIXLY_CORRECT=1 strace -qq -o trace -e trace=openat "$OVL_CP" -p src gone
	assert_equal "$(stat -c '%u:%g %a' nothing)" '3:4 640'
	assert_equal "$(sed -n 's/.*O_CREAT.*, \(0[0-7]*\)) .*/\1/p' trace | sort -u)" 0600
}

@test "with POSIXLY_CORRECT a link stays, whichever look at the new file fails" {
	requires strace
	dynamic_only 'musl makes other system calls'
	local n=0
	cd "$BATS_TEST_TMPDIR"
	echo x >src
	: >trace
	until [ $n -gt 5 ] && ! grep -q INJECTED trace; do
		rm -f nothing gone
		ln -s nothing gone
		status=0
		POSIXLY_CORRECT=1 strace -qq -o trace -e trace=newfstatat \
			-e inject=newfstatat:error=EIO:when=$((++n)) "$OVL_CP" src gone || status=$?
		assert_equal "$n $(readlink gone)" "$n nothing"
		[ "$status" != 0 ] || cmp src nothing
		[ "$status" = 0 ] || [ ! -e nothing ]
	done
}
