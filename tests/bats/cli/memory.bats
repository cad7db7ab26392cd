#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Each allocation in turn fails: the program fails with a message, or does what it would do anyway.
# needs: dynamic

load ../../fixtures/common

setup() {
	nomem=$(cd "${top_builddir:-.}" && pwd)/tests/nomem/.libs/nomem.so
	[ -e "$nomem" ] || cannot_run "no $nomem"
	! grep -q __asan_init "$OVL_CP" || skip 'the sanitizers have an allocator of their own'
	cd "$BATS_TEST_TMPDIR" || return
	mkdir -p tree/sub
	echo text >src
	echo text >tree/sub/file
	ln tree/sub/file tree/linked
}

# each_allocation MOST COMMAND...: runs COMMAND with each allocation failing, at most MOST.
each_allocation() {
	local n most=$1 failed=0
	shift
	for ((n = 1; n <= most; n++)); do
		rm -rf new new2
		status=0
		NOMEM_AT=$n LD_PRELOAD=$nomem "$@" >out 2>err || status=$?
		[ "$status" -lt 128 ] || fail "allocation $n: signal $((status - 128))"
		[ "$status" = 0 ] || [ -s err ] || fail "allocation $n: status $status, no message"
		[ "$status" != 0 ] || ! grep 'messages were lost' err || fail "allocation $n: status 0"
		[ "$status" = 0 ] || failed=1
	done
	[ "$failed" = 1 ] || fail 'no allocation was made to fail'
}

@test "options and a copy" {
	each_allocation 60 "$OVL_CP" --reflink=never -p src new
}

@test "a wrong option" {
	each_allocation 30 "$OVL_CP" --relfink src new
}

@test "a tree, a fan-out, a report" {
	each_allocation 90 "$OVL_CP" -a -j1 tree new
	each_allocation 120 "$OVL_CP" -a -j3 tree new
	each_allocation 60 "$OVL_CP" --fan-out -v src new new2
	each_allocation 120 "$OVL_CP" --report=report --report-format=text src new
}

@test "a message names its file also where there is no memory for it" {
	named=0
	for ((n = 1; n <= 120; n++)); do
		rm -rf new && mkdir new
		run env NOMEM_AT="$n+" LD_PRELOAD="$nomem" "$OVL_CP" --reflink=never src missing new
		assert_failure 1
		cmp -s src new/src || continue # memory was short before that
		assert_output --regexp "^ovl-cp: .*'(missing|src)'"
		named=1
	done
	assert_equal "$named" 1
}

@test "ovl-stat" {
	each_allocation 60 "$OVL_STAT" src
	each_allocation 60 "$OVL_STAT" --matrix src tree
}
