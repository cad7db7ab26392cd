#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# In a container, whose layers belong to another mount namespace, --explain predicts what the copy
# does and reports what it cannot see, and neither opens a path of a layer.
# shellcheck disable=SC2016,SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay
load ../../fixtures/kind
load ../../fixtures/container

setup_file() { stack_file ext4 xfs ldd ldconfig pivot_root strace setpriv userns; }

setup() {
	container_setup "$OVL_CP"
	file_make "$low/file" "$SIZE"
	touch "$up/before"
}

# agree_inside ROW ARG...: --explain must predict the copy, which must use ROW; both are traced.
agree_inside() {
	local row=$1 plan
	shift
	contained "${OVL_CP##*/}" --explain "$@"
	explained=$output
	plan=$(planned <<<"$output")
	assert_equal "$(find "$up/upper" -newer "$up/before" -type f)" ''
	contained "${OVL_CP##*/}" --debug "$@"
	agreed=$output
	assert_equal "$(done_by <<<"$output")" "$plan"
	assert_equal "${plan%% *}" "$row"
	touch "$up/before"
}

# each_way: tests copies of a file that may be copied up.
each_way() {
	agree_inside read-write --copy-up=never /file /copy
	agree_inside clone-upper --require=clone /file /dir/copy
	[[ $explained == *'on an overlay, its upper layer on a filesystem that is not visible from here, which can clone'* ]] ||
		fail "$explained"
	agree_inside clone /file /dir/second
	agree_inside clone --fan-out /file /dir/third /dir/fourth
	assert_shares "$up/upper/file" "$up/upper/dir/"{copy,second,third,fourth}
}

@test "a privileged one" {
	each_way
}

@test "a rootless one, in an overlay of its own" {
	rootless=1
	chown -R 65534:65534 "$low/file" "$low/dir" "$up"
	each_way
}

@test "a rootless one: a file whose owner is not mapped" {
	rootless=1
	chown -R 65534:65534 "$low/dir" "$up"
	chmod 666 "$low/file"
	agree_inside read-write --copy-up=always /file /dir/copy
	[[ $explained == *'its owner is not mapped'* ]] || fail "$explained"
}

@test "a volume: another mount, where no copy-up helps" {
	volume=$(mktemp -d -p "$BATS_FILE_TMPDIR/up")
	agree_inside read-write --copy-up=always /file /volume/copy
	[[ $explained == *'a copy-up does not help'* ]] ||
		fail "$explained"
	agree_inside read-write --fan-out /file /volume/1 /volume/2
	assert_shares "$volume/1" "$volume/2"
	assert_not_copied_up file
}

@test "a file on the upper layer cannot be cloned past the overlay from there" {
	volume=$(mktemp -d -p "$BATS_FILE_TMPDIR/up")
	: >>"$merged/file"
	touch "$up/before"
	agree_inside read-write /file /volume/copy
}
