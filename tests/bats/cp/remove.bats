#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --remove-destination, and a destination that is the source.
# shellcheck disable=SC2317 # scene is called by the fixture

load ../../fixtures/common
load ../../fixtures/cp

scene() {
	echo source >src
	echo old >old
	ln old oldlink
	ln src hard
	ln -s src soft
	ln -s old softold
	ln -s nothing dangling
	ln -s . here
	mkdir dir full
	ln -s ../src dir/src
	ln src full/src
}

@test "--remove-destination breaks the hard links of the old file" {
	same_as_cp --remove-destination src old
}

@test "--remove-destination -v prints what it removed" { same_as_cp --remove-destination -v src old; }

@test "--remove-destination makes a new file silently" {
	same_as_cp --remove-destination -v src new
}

@test "--remove-destination replaces a symbolic link, not what it names" {
	same_as_cp --remove-destination src softold
}

@test "--remove-destination replaces a dangling symbolic link" {
	same_as_cp --remove-destination src dangling
}

@test "--remove-destination replaces a hard link of the source" {
	same_as_cp --remove-destination src hard
}

@test "--remove-destination replaces a hard link of the source in another directory" {
	same_as_cp --remove-destination src full
}

@test "--remove-destination replaces a symbolic link to the source" {
	same_as_cp --remove-destination src soft
}

@test "--remove-destination replaces a symbolic link to the source in a directory" {
	same_as_cp --remove-destination src dir
}

@test "--remove-destination does not remove a directory" {
	same_as_cp --remove-destination -T src dir
}

@test "--remove-destination does not remove the source" {
	same_as_cp --remove-destination src src
}

@test "--remove-destination does not remove the source by another name of its directory" {
	twins --remove-destination src here/src # cp 9.1 removes it
	says "'src' and 'here/src' are the same file"
	assert_equal "$(<"$BATS_TEST_TMPDIR/ovl/src")" source
}

@test "--remove-destination does not remove the target of a source that is a link" {
	same_as_cp --remove-destination soft src
}

@test "--remove-destination does not remove a file for a missing source" {
	same_as_cp --remove-destination none old
}

@test "--remove-destination asks first with -i" {
	twin_stdin=$'y\n' same_as_cp -i --remove-destination -v src old
}

@test "--remove-destination does not remove with -n" { same_as_cp -n --remove-destination src old; }

@test "the source itself is refused" { same_as_cp src src; }

@test "the source by another spelling is refused" { same_as_cp src ./src; }

@test "the source by a link to the directory is refused" { same_as_cp src here; }

@test "the source by a hard link is refused" { same_as_cp src hard; }

@test "the source by a symbolic link is refused" { same_as_cp src soft; }

@test "the source to which a source link leads is refused" { same_as_cp soft src; }

@test "the source itself is refused with -f" { same_as_cp -f src src; }

@test "a hard link of the source with -f" { same_as_cp -f src hard; }

@test "a symbolic link to the source with -f" { same_as_cp -f src soft; }

@test "the source itself with -n is left alone" { same_as_cp -n src src; }

@test "the source itself with -i is refused without a question" { same_as_cp -i src src; }

@test "a link that is named twice is copied once, and not removed for the second time" {
	scene() { mkdir other dir && ln -s 1 l && ln -s 2 other/l && echo x >dir/l; }
	for how in -d -R -a; do
		rm -rf "$BATS_TEST_TMPDIR"/{cp,ovl}
		same_as_cp $how --remove-destination l ./l dir
		rm -rf "$BATS_TEST_TMPDIR"/{cp,ovl}
		same_as_cp $how --remove-destination l other/l dir
	done
}
