#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The words of --preserve and --no-preserve.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

scene() {
	echo x >x
	chmod 640 x
	touch -d '2001-02-03 04:05:06.7' x
	ln x y
	mkdir to
}

each() { # each OPTION...: one call for each
	local option twin_times=1
	for option; do
		rm -rf "$BATS_TEST_TMPDIR"/{cp,ovl}
		same_as_cp "$option" x y to
	done
}

# refused OPTION...: the same, and the status must be 1.
refused() {
	local words
	for words; do
		rm -rf "$BATS_TEST_TMPDIR"/{cp,ovl}
		same_as_cp "$words" x y to
		assert_equal "$(<"$BATS_TEST_TMPDIR/ovl.status")" 1
	done
}

@test "each word is taken" {
	each --preserve={mode,ownership,timestamps,links,xattr,all}
}

@test "words may be separated by commas" {
	each --preserve=mode,timestamps --preserve=links,mode,links --preserve=all,mode
}

@test "a beginning of a word is enough if it is the only one" {
	each --preserve={m,o,t,l,x,a,mod,own,time,link,xa,al} --preserve=m,t
}

@test "a beginning of a word is enough for --no-preserve" { each --no-preserve={m,o,t,l,x,a,c}; }

@test "another word is refused" { refused --preserve={bad,Mode,modes} --preserve=mode,bad; }

@test "another word is refused for --no-preserve" {
	refused --no-preserve=bad --no-preserve=mode,bad
}

@test "an empty word is refused" { refused --preserve= --preserve=mode, --preserve=,mode; }

@test "an empty word is refused for --no-preserve" { refused --no-preserve= --no-preserve=,; }

@test "a word with a space is refused" {
	refused '--preserve=mode, timestamps' '--preserve= mode'
}

@test "--preserve takes no operand for its value" { each --preserve; }

@test "a beginning of --preserve is enough" { each --pres --pres=mode; }

@test "--preserve=context without SELinux is refused" {
	[ ! -e /sys/fs/selinux/enforce ] || skip 'SELinux is there'
	refused --preserve=context --preserve=mode,context
}
