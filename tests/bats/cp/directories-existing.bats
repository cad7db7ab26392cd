#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The modes of existing directories, and of directories created in set-group-ID ones.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

scene() {
	mkdir -p src/a to/src/a
	echo x >src/a/x
	chmod 2750 src/a
	chmod 705 src
	chmod 1711 to/src/a
}

@test "a directory that exists keeps its mode" { same_as_cp -R src to; }

@test "a directory that exists keeps its mode with -f and --remove-destination" {
	same_as_cp -Rf --remove-destination src to
}

@test "a directory that exists gets the source's mode with -p" { same_as_cp -Rp src to; }

@test "a directory that exists keeps its mode with --no-preserve=mode" {
	same_as_cp -a --no-preserve=mode src to
}

@test "a set-group-id directory gives group and bit to those that are made in it" {
	requires root
	scene() { mkdir -p src/a to && echo x >src/a/x && chgrp 7 to && chmod 2755 to; }
	for options in -R -Rp '-R --no-preserve=mode' '-R --preserve=mode'; do
		rm -rf "$BATS_TEST_TMPDIR"/{cp,ovl}
		# shellcheck disable=SC2086 # several words
		same_as_cp $options src to
	done
}
