#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Started with standard input, output or error closed: no file gets their numbers.

load ../../fixtures/common

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	echo yes >src
	seq 20000 >big
	echo old >old
}

# without CLOSED ARG...: runs the program with descriptors closed, such as "0<&- 1>&-".
without() {
	run bash -c "exec \"\$0\" \"\$@\" $1" "$OVL_CP" "${@:2}"
	echo "$output"
}

@test "messages and lines of -v are in no copy" {
	names=(a-destination-with-quite-a-long-name-so-that-lines-fill-a-buffer-soon-{1..200})
	without '0<&- 1>&- 2>/dev/null' -v --fan-out big "${names[@]}"
	assert_failure 1
	for name in "${names[@]}"; do cmp big "$name"; done
	without '0<&- 1>&- 2>&-' -v src new none/x
	without '0<&- 1>&- 2>&-' -v --fan-out src new none/x new2
	without '1>&- 2>&-' --debug src new3
	for name in new new2 new3; do cmp src "$name"; done
}

@test "a message about an attribute is not the beginning of the copy" {
	requires strace setfattr
	setfattr -n user.name -v value src || cannot_run 'no extended attributes here'
	# shellcheck disable=SC2016 # for that shell
	run strace --quiet=all -o trace -e inject=fsetxattr:error=ENOSPC \
		bash -c 'exec "$0" "$@" 1>&- 2>&-' "$OVL_CP" --preserve=all src new
	grep -q INJECTED trace
	cmp src new
}

@test "an answer is not read from a source" {
	without '0<&-' -i src old
	assert_failure 1
	assert_output --partial 'cannot read the answer, assuming no: Bad file descriptor'
	assert_equal "$(<old)" old
}

@test "what is written to a closed standard output is lost with an error only" {
	without '1>&-' src /dev/stdout
	assert_failure 1
	without '0<&-' /dev/stdin new
	assert_failure 1
	assert_not_exists new
	without '1>&-' --report=- src new
	assert_failure 1
	assert_output 'ovl-cp: cannot open the report on standard output: Bad file descriptor'
	without '2>&-' --report=report none new
	assert_failure 1
	assert_equal "$(grep -vc '^{.*}$' report)" 0
}

@test "ovl-stat writes nothing into a file either" {
	run bash -c 'exec "$0" "$@" 0<&- 1>&- 2>&-' "$OVL_STAT" src old
	assert_failure 1
	assert_equal "$(<src) $(<old)" 'yes old'
}
