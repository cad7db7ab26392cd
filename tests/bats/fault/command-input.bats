#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Input of the command that cannot be read is an error: it is not the end, and no answer.

load ../../fixtures/common

setup() {
	requires strace root
	cd "$BATS_TEST_TMPDIR" || return
	echo precious >f
}

@test "only the end of a list of destinations ends it" {
	head -c 9000 /dev/zero | tr '\0' a | fold -w 100 >list
	run strace --quiet=all -o trace -P list -e inject=read:error=EIO:when=2 \
		"$OVL_CP" --fan-out --dests-from=list f
	assert_failure 1
	assert_output "ovl-cp: error reading 'list': Input/output error"
	run ls
	refute_output --partial aaaa
}

@test "a name in a list of destinations that does not fit into memory is an error" {
	dynamic_only 'musl makes other system calls'
	! grep -q __asan_init "$OVL_CP" || skip 'the sanitizers need more memory'
	{ echo one; head -c 60000000 /dev/zero | tr '\0' a; echo; echo two; } >list
	run bash -c 'ulimit -v 60000; exec "$0" "$@"' "$OVL_CP" --fan-out --dests-from=list f
	assert_failure 1
	assert_output "ovl-cp: error reading 'list': Cannot allocate memory"
	assert_not_exists one
}

@test "an answer that cannot be read is no yes, and is said" {
	echo old >old
	echo y >answer
	# shellcheck disable=SC2094 # only read
	run strace --quiet=all -o trace -P answer -e inject=read:error=EIO:when=1 "$OVL_CP" -i f old <answer
	assert_failure 1
	assert_output --partial 'cannot read the answer, assuming no: Input/output error'
	assert_equal "$(<old)" old
}
