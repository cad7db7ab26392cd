#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The fixtures themselves: a helper that always succeeds would make every other test worthless.
# needs: images

load ../../fixtures/common

setup_file() {
	requires loop overlay fs:ext4 reflink:xfs setfattr || return 0
	fs_make ext4 "$BATS_FILE_TMPDIR/low"
	fs_make xfs "$BATS_FILE_TMPDIR/up"
	file_make "$BATS_FILE_TMPDIR/low/file" 1M
}

setup() {
	lab_setup
	low=$BATS_FILE_TMPDIR/low
	up=$(mktemp -d -p "$BATS_FILE_TMPDIR/up")
	merged=$BATS_TEST_TMPDIR/merged
	cp -p "$low/file" "$up/a"
}

@test "shares_extents is true for a clone, and false for a byte copy, a part and an empty file" {
	cp --reflink=always "$up/a" "$up/b"
	shares_extents "$up/a" "$up/b"
	printf x | dd of="$up/b" conv=notrunc status=none
	run ! shares_extents "$up/a" "$up/b"
	[ "$(shared_bytes "$up/a" "$up/b")" = $((1024 * 1024 - 4096)) ]
	cp --reflink=never "$up/a" "$up/c"
	run ! shares_extents "$up/a" "$up/c"
	: >"$up/empty"
	run ! shares_extents "$up/empty" "$up/empty"
}

@test "growth sees a byte copy and does not see a clone" {
	growth_start "$up"
	cp --reflink=always "$up/a" "$up/clone"
	[ "$(growth "$up")" -lt 65536 ]
	cp --reflink=never "$up/a" "$up/copy"
	[ "$(growth "$up")" -ge $((1024 * 1024)) ]
}

@test "copied_up turns true when the file is opened for writing" {
	overlay_make "$merged" "$low" "$up"
	run ! copied_up "$up" file
	: >>"$merged/file"
	copied_up "$up" file
	overlay_remount "$merged" && cmp "$low/file" "$merged/file"
}

@test "copied_up is not fooled by copied metadata or by a whiteout" {
	overlay_make "$merged" "$low" "$up" metacopy=on
	chmod 600 "$merged/file"
	assert_file_exists "$up/upper/file"
	run ! copied_up "$up" file
	rm "$merged/file"
	assert_exists "$up/upper/file"
	run ! copied_up "$up" file
}

@test "state_of sees every change but that of the access time" {
	was=$(state_of "$up/a")
	touch -a "$up/a"
	[ "$(state_of "$up/a")" = "$was" ]
	for change in 'chmod 600' 'chown 1:1' 'touch -d @5.6' 'truncate -s 5' 'setfattr -n user.x'; do
		cp -p --remove-destination "$low/file" "$up/a"
		$change "$up/a"
		[ "$(state_of "$up/a")" != "$was" ] || fail "not seen: $change"
	done
	cp -p --remove-destination "$low/file" "$up/a"
	printf x | dd of="$up/a" conv=notrunc status=none
	touch -r "$low/file" "$up/a"
	[ "$(state_of "$up/a")" != "$was" ] || fail "not seen: another byte"
}

@test "as_user has not the rights of root" {
	requires root setpriv
	file_make "$BATS_TEST_TMPDIR/secret" 10
	as_user cat "$BATS_TEST_TMPDIR/secret"
	chmod 600 "$BATS_TEST_TMPDIR/secret"
	run ! as_user cat "$BATS_TEST_TMPDIR/secret"
}
