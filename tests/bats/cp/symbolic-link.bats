#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# -s: symbolic links instead of copies.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

scene() {
	echo source >src
	echo old >old
	ln src hard
	ln -s src soft
	ln -s nothing gone
	mkdir -p dir/sub into
	echo d >dir/file
	echo there >into/src
	touch -d @1 old
}

abs=/proc/version # the same absolute path for both

yes=$'y\n'

@test "-s, --symbolic-link makes a symbolic link" { same_as_cp -s --symbolic-link src new; }

@test "-s keeps the name as it was given" { same_as_cp -s ./dir/../src new; }

@test "-s of a relative name into another directory is refused" { same_as_cp -s src dir/new; }

@test "-s of a relative name into another directory that exists is refused" {
	same_as_cp -s src dir
}

@test "-s of an absolute name goes into any directory" { same_as_cp -s $abs dir; }

@test "-s into the current directory by another name" { same_as_cp -s src ./new; }

@test "-s into the current directory by a longer name" { same_as_cp -s src dir/../new; }

@test "-s of several into the current directory" { same_as_cp -s dir/file /proc/version .; }

@test "-s onto a file is refused" { same_as_cp -s src old; }

@test "-sf replaces a file" { same_as_cp -sf src old; }

@test "-sfv does not mention the file that it replaced" { same_as_cp -sfv src old; }

@test "-s --remove-destination replaces a file" { same_as_cp -s --remove-destination src old; }

@test "-si asks, and is refused all the same" { twin_stdin=$yes same_as_cp -si src old; }

@test "-sn leaves a file alone" { same_as_cp -sn src old; }

@test "-su of an older file is refused all the same" { same_as_cp -su src old; }

@test "-sb renames the file" { same_as_cp -sb src old; }

@test "-s onto itself is refused" { same_as_cp -s src src; }

@test "-sf onto itself is refused" { same_as_cp -sf src src; }

@test "-s onto a hard link of the source is refused" { same_as_cp -s src hard; }

@test "-sf onto a hard link of the source is refused" { same_as_cp -sf src hard; }

@test "-s onto a symbolic link to the source is refused" { same_as_cp -s src soft; }

@test "-sf replaces a symbolic link to the source" { same_as_cp -sf src soft; }

@test "-s onto a dangling link is refused" { same_as_cp -s src gone; }

@test "-sf replaces a dangling link" { same_as_cp -sf src gone; }

@test "-dsf and -Psf replace a link that leads to the source on another filesystem" {
	scene() { ln -s $abs to; }
	same_as_cp -dsf $abs to
	rm -r "$BATS_TEST_TMPDIR"/{cp,ovl}
	same_as_cp -Psf $abs to
}
