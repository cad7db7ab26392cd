#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# FIFOs and sockets onto existing files.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

bind() { python3 -c 'import socket, sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1])' "$1"; }

scene() {
	mkdir -p src to
	mkfifo src/fifo
}

@test "-R onto a special file that exists replaces it" {
	requires python3
	scene() { mkdir to && mkfifo -m 600 f && mkfifo -m 644 to/f && bind s && echo x >to/s; }
	same_as_cp -R f s to
}

@test "-Rv prints source, destination, and what it removed" {
	scene() { mkdir to && mkfifo f to/f; }
	same_as_cp -Rv f to
}

@test "-Rn leaves what exists alone" {
	scene() { mkdir to && mkfifo f && echo x >to/f; }
	same_as_cp -Rn f to
}

@test "-R of a FIFO onto a directory is refused" { same_as_cp -RT src/fifo to; }

@test "-R of a FIFO onto a symbolic link replaces the link" {
	scene() { mkfifo f && echo x >x && ln -s x soft && ln -s nothing gone && ln -s . dir; }
	same_as_cp -R f soft
	rm -rf "$BATS_TEST_TMPDIR"/{cp,ovl}
	same_as_cp -R f gone
	rm -rf "$BATS_TEST_TMPDIR"/{cp,ovl}
	same_as_cp -RT f dir
}

@test "-R of a FIFO onto itself is refused" { same_as_cp -RT src/fifo src/fifo; }

@test "-R of a FIFO onto its hard link is refused" {
	scene() { mkfifo f && ln f g; }
	same_as_cp -R f g
}

@test "-R of a file onto a FIFO with --remove-destination replaces it" {
	scene() { mkfifo f && echo x >x; }
	same_as_cp -R --remove-destination x f
}
