#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# A copy-up does not change the times of the source.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay
load ../../fixtures/stopped

setup_file() { stack_file ext4 xfs; }

times() {
	stat -c '%.9X %.9Y' "$1"
}

# file OPTS: mounts the stack with a file whose atime and mtime differ.
file() {
	file_make "$low/file" "$SIZE"
	touch -a -d '2010-11-12 13:14:15.987654321' "$low/file"
	stack "$1"
	was=$(times "$merged/file")
}

@test "both times stay to the nanosecond" {
	file metacopy=off
	ovl_cp "$merged/file" "$merged/copy"
	assert_equal "$(times "$merged/file")" "$was"
	assert_cloned file copy
}

@test "both times stay where metadata can be copied up alone" {
	file metacopy=on
	ovl_cp "$merged/file" "$merged/copy"
	assert_equal "$(times "$merged/file")" "$was"
	assert_cloned file copy
}

@test "a file whose metadata was copied up before is copied up only where that is asked for" {
	file metacopy=on
	chmod 640 "$merged/file"
	ovl_cp --debug "$merged/file" "$merged/copy"
	assert_copied file copy
	assert_output --partial 'only its metadata was copied up (metacopy)'
	rm "$merged/copy"
	ovl_cp --reflink=always "$merged/file" "$merged/copy"
	assert_cloned file copy
	assert_equal "$(stat -c %.9Y "$merged/file")" "${was#* }" # reading has changed the atime
}

@test "both times stay for a file whose metadata was copied up before" {
	file metacopy=on
	chmod 640 "$merged/file"
	assert_exists "$up/upper/file"
	assert_not_copied_up file
	ovl_cp --copy-up=always "$merged/file" "$merged/copy"
	assert_equal "$(times "$merged/file")" "$was"
	assert_cloned file copy
	umount "$merged" # the time on disk; reading has changed the atime
	assert_equal "$(stat -c %.9Y "$up/upper/file")" "${was#* }"
}

# The other copy has begun before: it found the old time, this one the time of the copy-up.
@test "a time that another copy has restored meanwhile stays" {
	requires strace
	file metacopy=on
	chmod 640 "$merged/file"
	strace -o "$BATS_TEST_TMPDIR/trace" -e trace=openat \
		"$OVL_CP" --copy-up=never "$merged/file" "$merged/copy" 3>&-
	rm "$merged/copy"
	fd=$(sed -n 's,.*merged/file".* = \([0-9]*\)$,\1,p' "$BATS_TEST_TMPDIR/trace")
	stopped -P "/proc/self/fd/$fd" openat when=1 --copy-up=always "$merged/file" "$merged/copy"
	copied_up "$up" file
	touch -m -d '2000-01-01' "$merged/file"
	goes_on
	cmp "$merged/file" "$merged/copy"
	assert_equal "$(stat -c %y "$merged/file")" '2000-01-01 00:00:00.000000000 +0000'
}

@test "a copy with -p has the times from before" {
	file metacopy=on
	chmod 640 "$merged/file"
	ovl_cp -p --copy-up=always "$merged/file" "$merged/copy"
	assert_success
	assert_equal "$(stat -c %.9Y "$merged/copy")" "${was#* }"
}

@test "a user who may not restore the times does not copy up a file whose metadata was copied up" {
	requires root setpriv
	file metacopy=on
	chgrp 65534 "$merged/file"
	chmod 664 "$merged/file"
	mkdir "$merged/own"
	chown 65534 "$merged/own"
	assert_not_copied_up file
	into=$merged/own as_who=as_user
	falls_back "$merged/file" file 'changes its times, which only its owner can restore'
	assert_equal "$(stat -c %.9Y "$merged/file")" "${was#* }"
}

@test "nor does root without the capability of owners" {
	requires root setpriv
	file metacopy=on
	chown 65534 "$merged/file"
	assert_not_copied_up file
	as_who='setpriv --bounding-set=-fowner --inh-caps=-fowner'
	falls_back "$merged/file" file 'changes its times, which only its owner can restore'
	assert_equal "$(stat -c %.9Y "$merged/file")" "${was#* }"
}

@test "a user who may write a file but does not own it copies it up where its times stay" {
	file_make "$low/file" "$SIZE"
	chmod 666 "$low/file"
	stack
	chmod 777 "$merged"
	was=$(times "$merged/file")
	run as_user "$OVL_CP" "$merged/file" "$merged/copy"
	assert_equal "$(times "$merged/file")" "$was"
	assert_cloned file copy
}
