#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Directories that an ordinary user may not read, search or write.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

# as_cp ARG...: runs cp and the program as an ordinary user.
as_cp() { twin_as=as_user same_as_cp "$@"; }

@test "a directory that may not be written is copied with its contents" {
	scene() {
		mkdir -p src/sub to
		touch src/sub/x
		chmod 555 src src/sub
		chmod 777 to
	}
	as_cp -R src to
	chmod -R u+rwX "$BATS_TEST_TMPDIR"
	rm -r "$BATS_TEST_TMPDIR"/{cp,ovl}
	as_cp -Rp src to
}

@test "a directory that may not be read is refused, the rest is copied" {
	scene() { mkdir -p src/sub to && touch src/x && chmod 311 src/sub && chmod 777 to; }
	as_cp -R src to
}

@test "a directory that may not be read is refused with -a" {
	scene() { mkdir -p src to && chmod 0 src && chmod 777 to; }
	as_cp -a src to
}

@test "a directory that may not be searched is refused for each file" {
	scene() { mkdir -p src to && touch src/x && chmod 644 src && chmod 777 to; }
	as_cp -R src to
}

@test "a file that may not be read is refused, the rest is copied" {
	scene() { mkdir src to && touch src/x src/y src/z && chmod 0 src/y && chmod 777 to; }
	as_cp -R src to
}

@test "a directory in one that may not be written is refused once, with all that is in it" {
	scene() { mkdir -p src/sub to && touch src/sub/x && chmod 555 to; }
	as_cp -R src to
}

@test "a file in an existing directory that may not be written is refused" {
	scene() { mkdir -p src to/src && touch src/x && chmod 555 to/src; }
	as_cp -R src to
}

@test "a directory in an existing directory that may not be written is refused" {
	scene() { mkdir -p src/sub to/src && touch src/sub/x && chmod 555 to/src; }
	as_cp -R src to
}

@test "an existing directory that may not be searched is refused" {
	scene() { mkdir -p src to/src && touch src/x && chmod 644 to/src && chmod 777 to; }
	as_cp -R src to
}

@test "an existing directory of another cannot be given the source's attributes" {
	requires root
	scene() { mkdir -p src to/src && touch src/x && chmod 777 to/src && chmod 700 src &&
		chown -R 65534 src; }
	twin_as=as_user same_files_as_cp -Rp src to
	assert_file_not_empty "$BATS_TEST_TMPDIR/ovl.err"
}

@test "what fails in a tree makes the status 1, and the rest is copied" {
	scene() { mkdir -p src to && touch src/x && chmod 0 src/x && chmod 777 to; }
	twin_as=as_user same_files_as_cp -Rv src to # cp prints the names before it tries
}
