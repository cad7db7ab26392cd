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
	for options in -R '-R --no-preserve=mode'; do
		rm -rf "$BATS_TEST_TMPDIR"/{cp,ovl}
		# shellcheck disable=SC2086 # several words
		same_as_cp $options src to
	done
}

# cp 9.1 leaves the bit, if it can enter the directory.
@test "a directory whose mode is preserved has no bit of the set-group-id directory it is in" {
	requires root
	cd "$BATS_TEST_TMPDIR"
	mkdir -p src/a src/b to && chgrp 7 to && chmod 2755 to && chmod 2750 src/b && chmod 1777 src/a
	for options in -Rp -a '-R --preserve=mode' '-p --parents -R'; do
		# shellcheck disable=SC2086 # several words
		ovl_cp $options src to
		assert_success
		assert_equal "$(stat -c %a to/src to/src/a to/src/b | tr '\n' ' ')" '755 1777 2750 '
		rm -r to/src
	done
}
