#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Overlays of ordinary users: mounted with userxattr in a user namespace, or by root for them.
# shellcheck disable=SC2016,SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay

setup_file() { stack_file ext4 xfs userns setpriv; }

# in_userns COMMAND...: runs COMMAND in a user namespace in which an ordinary user mounts the stack.
in_userns() {
	mkdir -p "$merged" "$up/"{upper,work}
	chown 65534:65534 "$up/"{upper,work}
	growth_start "$up"
	run as_user unshare -Urm sh -ec 'm=$1; mount -t overlay -o "$2" overlay "$m"; shift 2; "$@"' \
		sh "$merged" "userxattr,lowerdir=$low,upperdir=$up/upper,workdir=$up/work" "$@"
	printf 'status %d\n%s\n' "$status" "$output"
}

@test "the user's own file is copied up and cloned" {
	file_make "$low/file" "$SIZE"
	chown 65534:65534 "$low/file"
	of_interest='%a %u:%g %s %.9Y %h'
	was=$(stat -c "$of_interest" "$low/file")
	in_userns "$OVL_CP" --debug "$merged/file" "$merged/copy"
	assert_success
	assert_copied_up file
	assert_shares "$up/upper/"{file,copy}
	assert_all_equal "$low/file" "$up/upper/"{file,copy}
	assert_grown_by "$SIZE"
	assert_equal "$(stat -c "$of_interest" "$up/upper/file")" "$was"
}

@test "a file whose owner is not mapped is copied by its bytes" {
	file_make "$low/file" "$SIZE"
	chmod 666 "$low/file"
	in_userns "$OVL_CP" --debug --copy-up=always "$merged/file" "$merged/copy"
	assert_success
	assert_output --partial 'its owner is not mapped'
	assert_not_copied_up file
	assert_all_equal "$low/file" "$up/upper/copy"
}

@test "a file whose owner is not mapped cannot be required to be cloned" {
	file_make "$low/file" "$SIZE"
	chmod 666 "$low/file"
	in_userns "$OVL_CP" --reflink=always "$merged/file" "$merged/copy"
	assert_failure 1
	assert_output --partial 'its owner is not mapped'
	assert_not_exists "$up/upper/copy"
	assert_not_copied_up file
}

@test "a fan-out of a file whose owner is not mapped has a donor" {
	file_make "$low/file" 17M
	chmod 666 "$low/file"
	in_userns "$OVL_CP" --fan-out "$merged/file" "$merged/"{one,two,three}
	assert_success
	assert_not_copied_up file
	assert_shares "$up/upper/"{one,two,three}
	assert_all_equal "$low/file" "$up/upper/"{one,two,three}
	assert_grown_by $((17 << 20))
}

@test "without a namespace: the user's own file is copied up and cloned" {
	file_make "$low/file" "$SIZE"
	chown 65534 "$low/file"
	stack
	chown 65534 "$merged"
	remember "$merged/file"
	run as_user "$OVL_CP" "$merged/file" "$merged/copy"
	assert_cloned file copy
	assert_untouched "$merged/file"
}
