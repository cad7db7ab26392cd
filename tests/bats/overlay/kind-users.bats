#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# In an overlay that an ordinary user has mounted in a user namespace (userxattr), --explain
# predicts what the copy does.
# shellcheck disable=SC2016,SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay
load ../../fixtures/kind
load ../../fixtures/stat

setup_file() { stack_file ext4 xfs userns setpriv; }

# in_userns COMMAND...: runs COMMAND in a user namespace, where the stack is mounted at $merged.
in_userns() {
	mkdir -p "$merged" "$up/"{upper,work}
	chown 65534:65534 "$up/"{upper,work}
	run as_user unshare -Urm sh -ec 'mount -t overlay -o "$2" overlay "$1"; shift 2; exec "$@"' \
		sh "$merged" "userxattr,lowerdir=$low,upperdir=$up/upper,workdir=$up/work" "$@"
	printf 'status %d\n%s\n' "$status" "$output"
}

# agree_in_userns ROW ARG...: like agrees, which cannot see the overlay of the namespace.
agree_in_userns() {
	local plan row=$1
	shift
	in_userns "$OVL_CP" --explain "$@"
	plan=$(planned <<<"$output")
	assert_dir_not_exists "$up/upper/dir"
	assert_equal "$(find "$up/upper" -type f -newer "$up/before")" ''
	in_userns "$OVL_CP" --debug "$@"
	assert_equal "$(done_by <<<"$output")" "$plan"
	assert_equal "${plan%% *}" "$row"
	touch "$up/before"
}

begin() {
	file_make "$low/file" "$SIZE"
	touch "$up/before"
}

@test "the user's own file" {
	begin
	chown 65534:65534 "$low/file"
	agree_in_userns clone-upper "$merged/file" "$merged/copy"
	agree_in_userns clone --require=clone "$merged/file" "$merged/second"
	assert_copied_up file
}

@test "a file whose owner is not mapped" {
	begin
	chmod 666 "$low/file"
	agree_in_userns read-write --copy-up=always "$merged/file" "$merged/copy"
	agree_in_userns read-write --copy-up=always --fan-out "$merged/file" "$merged/"{one,two}
	in_userns "$OVL_CP" --explain "$merged/file" "$merged/third"
	assert_output --partial 'its owner is not mapped'
	assert_output --partial 'to share it: map the owner of the source into the user namespace'
	in_userns "$OVL_STAT" "$merged/file"
	assert_says copy-up 'impossible: its owner is not mapped in this user namespace'
	assert_says clone 'it cannot be copied up'
	assert_not_copied_up file
}

@test "ovl-stat reports where the data is, what a copy-up would do, and the options" {
	begin
	chown 65534:65534 "$low/file"
	in_userns "$OVL_STAT" "$merged/file"
	assert_says data 'on a lower layer of an overlay'
	assert_says options userxattr=on
	assert_says copy-up 'writes 3.0 MiB to the upper layer'
	in_userns "$OVL_STAT" --matrix "$merged/file" "$merged"
	assert_line --regexp '^  after a copy-up +yes'
}
