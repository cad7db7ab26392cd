#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# -u with trees, and with other types than regular files.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

scene() {
	mkdir -p src/sub to/src/sub
	echo a >src/older
	echo b >src/newer
	echo c >src/same
	echo d >src/sub/missing
	echo oldA >to/src/older
	echo oldB >to/src/newer
	echo oldC >to/src/same
	touch -d @100 src/* to/src/*
	touch -d @101 src/newer to/src/older
}

@test "-uR overwrites what is older, and makes what is missing" { same_as_cp -uR src to; }

@test "-ua does so too, and keeps the attributes" { twin_times=1 same_as_cp -ua src to; }

@test "-uRv prints what it copies" {
	scene() { mkdir -p src to/src && touch src/a && touch -d @1 to/src/a; }
	same_as_cp -uRv src to
}

@test "-uR goes into a directory that is newer" {
	scene() { mkdir -p src to/src && touch -d @1 src src/a && touch to/src; }
	same_as_cp -uR src to
}

@test "-uP looks at the times of symbolic links" {
	scene() {
		mkdir to
		ln -s new a && ln -s old to/a && touch -h -d @1 to/a
		ln -s new b && ln -s old to/b && touch -h -d @1 b
	}
	same_as_cp -uP a b to
}

@test "-uR replaces an older FIFO, and leaves a newer one" {
	scene() {
		mkdir to
		mkfifo -m 600 a b
		mkfifo -m 644 to/a to/b
		touch -d @1 to/a b
	}
	same_as_cp -uR a b to
}

@test "-u --parents leaves a newer file alone" {
	scene() { mkdir -p a to/a && echo x >a/x && echo y >to/a/x && touch -d @1 a/x; }
	same_as_cp -u --parents a/x to
}

@test "-uR of a directory onto a newer file is refused" {
	scene() { mkdir src && touch -d @1 src && touch to; }
	same_as_cp -uR src to
}

@test "-uL looks at the file that a symbolic link names" {
	scene() { echo x >x && ln -s x soft && touch -d @1 x && echo y >y && touch -d @2 y; }
	same_as_cp -uL soft y
}

@test "-u looks at the file that a symbolic link in the destination names" {
	scene() { echo x >x && touch -d @3 x && echo y >y && touch -d @2 y && ln -s y soft; }
	same_as_cp -u x soft
}
