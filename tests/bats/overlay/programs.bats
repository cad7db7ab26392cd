#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# A file that may be executed can be started while it is copied up.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay

setup_file() { stack_file ext4 xfs strace; }

program() {
	file_make "$BATS_TEST_TMPDIR/data" "$SIZE"
	cat "$(type -P true)" "$BATS_TEST_TMPDIR/data" >"$low/program" && chmod 755 "$low/program"
}

# opened_for_writing ARG...: runs the program as ${as_who-}; whether it opens its source for writing.
opened_for_writing() {
	run ${as_who-} strace -f -o "$BATS_TEST_TMPDIR/trace" -e trace=openat "$OVL_CP" "$@"
	printf 'status %d\n%s\n' "$status" "$output"
	assert_success
	grep -q '/proc/self/fd/.*O_WRONLY' "$BATS_TEST_TMPDIR/trace"
}

@test "it is copied up without an open for writing, which would prevent its start" {
	program
	stack metacopy=off
	! opened_for_writing "$merged/program" "$merged/copy" || fail 'it was opened'
	assert_cloned program copy
	"$merged/copy"
}

@test "where that takes an open for writing the bytes are copied, unless it is asked for" {
	program
	file_make "$low/data" "$SIZE"
	stack metacopy=on
	! opened_for_writing "$merged/program" "$merged/copy" || fail 'it was opened'
	ovl_cp --debug "$merged/program" "$merged/copy2"
	assert_copied program copy copy2
	assert_output --partial 'it could not be executed during its copy-up'
	opened_for_writing --copy-up=always "$merged/program" "$merged/copy3"
	assert_cloned program copy3
	opened_for_writing "$merged/data" "$merged/copy4"
	assert_cloned data copy4
}

@test "likewise for a user who may write it but does not own it" {
	requires root setpriv
	program
	chmod 777 "$low/program"
	stack metacopy=off
	chmod 777 "$merged"
	chmod 755 "$BATS_TEST_TMPDIR"
	run as_user "$OVL_CP" --debug "$merged/program" "$merged/copy"
	assert_copied program copy
	assert_output --partial 'it could not be executed during its copy-up'
	run as_user "$OVL_CP" --debug --copy-up=always "$merged/program" "$merged/copy2"
	assert_cloned program copy2
}

@test "an owner who may not write it can have it copied up" {
	requires root setpriv
	program
	chown 65534 "$low/program"
	chmod 555 "$low/program"
	stack metacopy=off
	chmod 777 "$merged"
	run as_user "$OVL_CP" --explain "$merged/program" "$merged/copy"
	assert_output --partial 'cloned after a copy-up'
	run as_user "$OVL_CP" "$merged/program" "$merged/copy"
	assert_cloned program copy
	assert_equal "$(stat -c %a "$merged/program")" 555
}
