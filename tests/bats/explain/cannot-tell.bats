#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# An ordinary user may lack the permissions by which --explain tries a clone; it says so.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay
load ../../fixtures/explain

setup_file() { stack_file ext4 xfs setpriv; }

scene() {
	mkdir -p "$low/open"
	chmod 777 "$low/open"
	file_make "$low/file" "$SIZE"
	file_make "$low/small" 5000
	file_make "$low/own" "$SIZE" && chown 65534:65534 "$low/own"
	watched=("$low" "$up")
}

@test "a user who may not write the root of the overlay gets the worst case, and advice" {
	scene
	stack
	as_who=as_user
	explains "$merged/file" "$merged/open/new"
	assert_success
	assert_says destination 'on an overlay, its upper layer on xfs; whether it can clone is unknown'
	assert_says method 'unknown until it is copied; at worst: copied by read and write'
	assert_says bytes "at most $SIZE (3.0 MiB) written, at least 0 shared"
	assert_says total '(1 of them uncertain)'
	assert_says 'upper layer' "grows by at most $SIZE bytes"
	assert_says 'to share it' 'as a user with write permission for the root directory of the overlay'
	refute_output --partial 'Bad file descriptor'
	explains "$merged/own" "$merged/open/new"
	as_who='' explains "$merged/own" "$merged/open/new"
	assert_says method 'cloned after a copy-up of the source'
}

@test "what was not tried is not said to be refused" {
	scene
	stack
	run as_user "$OVL_CP" --explain --require=share --report=- "$merged/file" "$merged/open/new"
	assert_failure 1
	assert_output --partial 'Operation not supported: whether '
	assert_output --partial '"refusal":null,"error":{"op":"clone","errno":95,"errname":"EOPNOTSUPP"'
	run as_user "$OVL_CP" --explain --report=- "$merged/file" "$merged/open/new"
	assert_success
	assert_line --partial '"why":"cannot-tell"'
	assert_line --partial '"refusal":null,"error":null'
}

@test "a user who may write there gets a message about the file that may not be written" {
	scene
	stack
	chmod 777 "$merged"
	as_who=as_user
	for file in file small; do
		explains "$merged/$file" "$merged/new"
		assert_says source 'on a lower layer of an overlay'
		assert_says 'not shared' 'without write permission'
		assert_says 'to share it' 'as a user with write permission for the source'
	done
}
