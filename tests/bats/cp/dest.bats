#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# SOURCE DEST: every type that DEST can have.
# shellcheck disable=SC2317 # scene is called by the fixture

load ../../fixtures/common
load ../../fixtures/cp

scene() {
	echo source >src
	echo longer than the source >file
	mkdir dir other empty
	echo inner >dir/src
	ln file hardlink
	ln -s file link
	ln -s dir dirlink
	ln -s nothing dangling
	ln -s loop loop
}

@test "a new name is made" { same_as_cp src new; }

@test "an existing file is overwritten, its other hard links with it" { same_as_cp src file; }

@test "a directory is entered, the file in it overwritten" { same_as_cp src dir; }

@test "a directory is entered, a file made in it" { same_as_cp src empty; }

@test "a directory with slashes after it is entered" { same_as_cp src dir//; }

@test "a symbolic link to a file is written through" { same_as_cp src link; }

@test "a symbolic link to a directory is entered" { same_as_cp src dirlink; }

@test "a symbolic link to a directory, with a slash, is entered" { same_as_cp src dirlink/; }

@test "a dangling symbolic link is not written through" { same_as_cp src dangling; }

@test "a dangling symbolic link is not written through by -f either" {
	same_as_cp -f src dangling
}

@test "a symbolic link to itself is refused" { same_as_cp src loop; }

@test "the current directory is entered, where the source is itself" { same_as_cp src .; }

@test "the current directory is entered from elsewhere" { same_as_cp dir/src .; }

@test "the parent directory is entered" {
	scene() { mkdir -p in/work; echo source >in/work/src; }
	same_as_cp in/work/src in/work/..
	assert_file_exists "$BATS_TEST_TMPDIR/ovl/in/src"
}

@test "a dot in a directory is entered" { same_as_cp src dir/.; }

@test "a file with a slash after it is refused" { same_but_words src file/; }

@test "a new name with a slash after it is refused" { same_but_words src new/; }

@test "a new name with a slash after it is refused for a hard link" { same_as_cp -l src new/; }

@test "a new name with a slash after it is refused for symbolic links" {
	same_as_cp -s "$PWD/src" new/
}

@test "a new name with a slash after it is refused for a copied link" { same_as_cp -P link new/; }

@test "a new name with a slash after it is refused for a FIFO" {
	scene() { mkfifo fifo; }
	same_as_cp -R fifo new/
}

@test "a name in a missing directory is refused" { same_as_cp src nodir/x; }

@test "a name in a file is refused" { same_but_words src file/x; }

@test "the empty name is refused" { same_but_words src ''; }

@test "the empty name as source is refused" { same_as_cp '' new; }

@test "a source with a slash after it is refused" { same_as_cp src/ new; }

@test "a source in a missing directory is refused" { same_as_cp nodir/src new; }

@test "a source that is a symbolic link is followed" { same_as_cp link new; }

@test "a source that is a dangling symbolic link is refused" { same_as_cp dangling new; }

@test "a source that is a symbolic link keeps its own name in a directory" {
	same_as_cp link empty
}

@test "a directory of the source's name in the directory is not overwritten" {
	scene() { echo source >src; mkdir -p dir/src; }
	same_as_cp src dir
}

@test "a source named with dots keeps its last name" { same_as_cp dir/../dir/./src empty; }
