#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The numbers of backups, and names that only look like backups.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

# numbers NAME...: copies onto the file "x" in a directory with these names.
numbers() {
	local names=("$@")
	rm -rf "$BATS_TEST_TMPDIR"/{cp,ovl}
	scene() {
		local name
		echo source >src
		for name in x "${names[@]}"; do echo "$name" >"$name"; done
	}
	same_as_cp -v --backup=numbered src x
	rm -rf "$BATS_TEST_TMPDIR"/{cp,ovl}
	same_as_cp -v --backup=existing src x
}

@test "the first number is 1" { numbers; }

@test "the next number is one higher" { numbers x.~1~; }

@test "gaps are not filled" { numbers x.~1~ x.~3~; }

@test "numbers have no last digit" { numbers x.~9~ x.~10~; }

@test "99 is followed by 100" { numbers x.~99~; }

@test "long numbers are counted on" {
	numbers x.~18446744073709551615~
	numbers x.~99999999999999999999999999~
}

@test "a number does not begin with 0" { numbers x.~0~ x.~07~; }

@test "names that are not numbers are ignored" { numbers x.~a~ x.~~ x.~-1~ x.~1 x~1~ x.1~; }

@test "other files' numbers are passed over" { numbers xx.~7~ y.~8~ .~9~; }

@test "a directory with a number counts" {
	scene() { echo source >src && echo x >x && mkdir x.~4~; }
	same_as_cp -v --backup=numbered src x
}

@test "a dangling link with a number counts" {
	scene() { echo source >src && echo x >x && ln -s nothing x.~4~; }
	same_as_cp -v --backup=numbered src x
}

@test "a simple backup does not replace a directory" {
	scene() { echo source >src && echo x >x && mkdir x~; }
	same_as_cp -v --backup=simple src x
}

@test "numbers in a directory that may not be read" {
	scene() { echo source >src && mkdir d && echo x >d/x && chmod 777 . && chmod 333 d; }
	twin_as=as_user same_as_cp -v --backup=numbered src d/x
}

@test "a name that is as long as names can be gets a backup as cp makes it" {
	name=$(printf '%0255d' 0)
	scene() { echo source >src && echo x >"$name"; }
	same_as_cp -b src "$name"
	rm -rf "$BATS_TEST_TMPDIR"/{cp,ovl}
	name=$(printf '%0254d' 0)
	same_as_cp -b src "$name"
	rm -rf "$BATS_TEST_TMPDIR"/{cp,ovl}
	name=$(printf '%0250d' 0)
	same_as_cp --backup=numbered src "$name"
}
