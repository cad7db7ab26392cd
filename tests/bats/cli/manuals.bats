#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# What all manual pages have in common. (That the options are those of the programs is in the
# docs.bats of each.)

load ../../fixtures/common

setup() {
	cd "${srcdir:-$BATS_TEST_DIRNAME/../../..}/man" || return
	commands=(ovl-cp.1 ovl-stat.1 ovl-run.1)
}

@test "no manual has a fault that mandoc finds" {
	requires mandoc
	run mandoc -Tlint -W warning ./*.[1-9]
	assert_success
	refute_output
}

@test "groff breaks all lines, also on a narrow terminal" {
	requires groff
	for page in *.[1-9]; do
		for columns in 60 80 120; do
			run groff -mandoc -Tutf8 -rLL=${columns}n -rLT=${columns}n -wall "$page"
			refute_output --partial "can't break line"
		done
	done
}

@test "no line is longer than 80 columns, examples included" {
	requires mandoc
	for page in *.[1-9]; do
		run bash -c 'mandoc -T ascii -O width=80 "$1" | col -bx | grep -E "^.{81}"' sh "$page"
		refute_output
	done
}

@test "apropos finds them by what they are about" {
	requires mandb apropos
	mkdir -p "$BATS_TEST_TMPDIR/man/man1" "$BATS_TEST_TMPDIR/man/man7"
	cp ./*.1 "$BATS_TEST_TMPDIR/man/man1"
	cp ./*.7 "$BATS_TEST_TMPDIR/man/man7"
	mandb -cq "$BATS_TEST_TMPDIR/man"
	for word in reflink overlay; do
		run apropos -M "$BATS_TEST_TMPDIR/man" "$word"
		for page in "${commands[@]%.1}" ovl-cp-overlay; do
			assert_line --regexp "^$page \("
		done
	done
}

@test "examples follow the description, and options that cp lacks come before those of cp" {
	for page in "${commands[@]}"; do
		run sed -n '/^\.Sh DESCRIPTION/,/^\.Sh OPTIONS/s/^\.S[hs] //p' "$page"
		assert_line --index 0 DESCRIPTION
		assert_line --index 1 Examples
		assert_line OPTIONS
		examples=$(sed -n '/^\.Ss Examples/,/^\.S[sh] [^E]/p' "$page" | grep -cE '^\.(Dl|Bd)')
		[ "$examples" -ge 5 ] || fail "$page: $examples examples"
	done
	run sed -n '/^\.Sh OPTIONS/,/^\.Ss Which/s/^\.Ss //p' ovl-cp.1
	assert_output "$("$OVL_CP" --help | sed -n 's/^\([A-Z][a-z ]*\):$/\1/p' | grep -vx Examples)
Which option counts"
}

@test "a section that a manual refers to is in it" {
	for page in "${commands[@]}" ovl-cp-overlay.7; do
		sed -nE 's/^\.S[hs] //p' "$page" >"$BATS_TEST_TMPDIR/sections"
		grep -oE '\bSx [^.,;:)]+' "$page" | sed -E 's/^Sx //; s/ +$//' >"$BATS_TEST_TMPDIR/references"
		run grep -vxFf "$BATS_TEST_TMPDIR/sections" "$BATS_TEST_TMPDIR/references"
		refute_output
	done
}
