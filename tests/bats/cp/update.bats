#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# -u and --update: which existing files are overwritten. --update has had words since cp 9.3.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_stdin read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

scene() {
	echo source >src
	echo old >old
	echo same >same
	echo new >new
	touch -d '2020-01-01 00:00:00.5' src same
	touch -d '2020-01-01 00:00:00.499999999' old
	touch -d '2020-01-01 00:00:00.500000001' new
	mkdir dir into
	ln src hard
	ln -s nowhere dangling
	touch -d '2030-01-01' into/src
}

@test "-u overwrites a file that is older by a nanosecond" { same_as_cp -uv src old; }
@test "-u leaves a file of the same time alone" { same_as_cp -uv src same; }
@test "-u leaves a newer file alone" { same_as_cp -uv src new; }
@test "-u makes a file that is missing" { same_as_cp -uv src missing; }
@test "-u looks at the file in the directory" { same_as_cp -uv src into; }
@test "--update alone is -u" { same_as_cp --update -v src new; }
@test "--update takes no operand for its value" { same_as_cp --update src old; }
@test "-u finds the source to be the same file" { same_as_cp -u src hard; }
@test "-u does not write through a dangling link" { same_as_cp -u src dangling; }
@test "-u leaves a directory alone that is newer" { same_as_cp -uT src dir; }
@test "-u with -p leaves a file of the same time alone" { same_as_cp -up src same; }

@test "-u comes before the question of -i" {
	twin_stdin=n
	same_as_cp -ui src new
}

@test "-n leaves alone what -u would overwrite" { same_as_cp -un src old; }

@test "--update=all, none, none-fail and older" {
	cd "$BATS_TEST_TMPDIR" && scene
	ovl_cp --update=none -v src old
	assert_success
	assert_output ''
	ovl_cp --update=none-fail src old
	assert_failure 1
	assert_output "ovl-cp: not replacing 'old'"
	ovl_cp --update=none-fail -v src fresh
	assert_success
	assert_equal "$(cat old fresh)" $'old\nsource'
	ovl_cp --update=older src new
	assert_equal "$(<new)" new
	ovl_cp -u --update=all src new
	assert_equal "$(<new)" source
}

@test "--update with another word is refused" {
	ovl_cp --update=sometimes a b
	assert_failure 1
	assert_line --index 0 "ovl-cp: invalid argument 'sometimes' for '--update'"
}

@test "--update is heeded for each destination of a fan-out" {
	cd "$BATS_TEST_TMPDIR" && scene
	ovl_cp -u --fan-out src old same new
	assert_success
	assert_equal "$(cat old same new)" $'source\nsame\nnew'
	ovl_cp --update=none-fail --fan-out src fresh new
	assert_failure 1
	assert_output "ovl-cp: not replacing 'new'"
	cmp src fresh
}
