#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# SOURCE... DIRECTORY, -t DIRECTORY and -T.

load ../../fixtures/common
load ../../fixtures/cp

scene() {
	echo a >a
	echo b >b
	mkdir dir x y
	echo old >dir/a
	echo x >x/same
	echo y >y/same
	ln -s dir dirlink
}

@test "several sources go into the directory" { same_as_cp a b x/same dir; }

@test "several sources go through a link to the directory" { same_as_cp a b dirlink; }

@test "several sources into a file are refused" { same_as_cp a x/same b; }

@test "several sources into a missing directory are refused" { same_as_cp a b none; }

@test "two sources of one name do not overwrite each other" { same_as_cp x/same y/same dir; }

@test "two sources of one name overwrite each other by no option" {
	same_as_cp -f --remove-destination x/same y/same dir
}

@test "a source named twice is copied once, with a warning and success" {
	same_as_cp a b a dir
}

@test "a source named twice in two ways is not copied over itself" { same_as_cp a ./a dir; }

@test "a missing source does not keep the others from being copied" { same_as_cp a none b dir; }

@test "a directory as a source is omitted, the others are copied" {
	same_but_words a x b dir
	says "-r not specified; omitting directory 'x'"
}

@test "-t puts one source into the directory" { same_as_cp -t dir a; }

@test "-t puts several sources into the directory" { same_as_cp -t dir a b; }

@test "-t with a missing directory is refused" { same_as_cp -t none a; }

@test "-t with a file is refused" { same_as_cp -t a b; }

@test "-t with the empty name is refused" { same_as_cp -t '' a; }

@test "-t twice is refused" { same_but_words -t dir -t x a; }

@test "-t without a source is refused" { same_as_cp -t dir; }

@test "-t after the sources works" { same_as_cp a b -t dir/; }

@test "-T makes a new file" { same_as_cp -T a new; }

@test "-T overwrites a file" { same_as_cp -T a b; }

@test "-T does not enter a directory" { same_as_cp -T a dir; }

@test "-T does not enter a link to a directory" { same_as_cp -T a dirlink; }

@test "-T with three names is refused" { same_as_cp -T a b dir; }

@test "-T with -t is refused" {
	same_but_words -T -t dir a
}

@test "no operand is refused" { same_as_cp; }

@test "one operand is refused" { same_as_cp a; }

@test "-T with one operand is refused" { same_as_cp -T a; }
