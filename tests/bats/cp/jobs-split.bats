#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# -j: one big file whose bytes are copied is read and written by two threads, if that pays.
# needs: images
# shellcheck disable=SC2030,SC2031,SC2154 # variables of the fixtures

load ../../fixtures/common
load ../../fixtures/cp
load ../../fixtures/deny
load ../../fixtures/split

@test "a file in the page cache is copied by two threads, and is equal" {
	for to in "$ext4" "$xfs"; do
		assert_equal "$(threads -j8 "$ext4/big" "$to/new")" several
		cmp "$ext4/big" "$to/new"
	done
}

@test "a file on a lower layer, too, whose pages mincore tells" {
	mkdir "$xfs/upper" "$xfs/work" merged
	mount -t overlay -o "lowerdir=$ext4,upperdir=$xfs/upper,workdir=$xfs/work" overlay merged
	assert_equal "$(threads -j2 --copy-up=never merged/big merged/new)" several
	cmp merged/big merged/new
	umount merged && rm -r "$xfs/upper" "$xfs/work"
}

@test "one thread does it where that is asked for, the file is small, or btrfs gains nothing" {
	assert_equal "$(threads -j1 "$ext4/big" "$ext4/new")" one
	assert_equal "$(threads -j2 --sparse=always "$ext4/big" "$xfs/new")" one
	head -c $((16 * MIB - 1)) "$ext4/big" >"$ext4/small"
	assert_equal "$(threads -j2 "$ext4/small" "$xfs/new")" one
	assert_equal "$(threads -j2 "$ext4/big" "$btrfs/new")" one
	cmp "$ext4/big" "$btrfs/new"
}

@test "one thread copies it where nobody tells what is in the page cache" {
	local rules
	for rules in cachestat=EPERM cachestat=ENOSYS 'cachestat=ENOSYS mincore=EPERM'; do
		# shellcheck disable=SC2086 # one rule, or two
		denying $rules
		rm -f "$ext4/new"
		copied_by=$(threads -j2 "$ext4/big" "$ext4/new")
		OVL_CP=$real_cp
		assert_equal "$rules $copied_by" \
			"$rules $([ "$rules" = cachestat=ENOSYS ] && echo several || echo one)"
		# shellcheck disable=SC2086
		was_denied $rules
	done
}

@test "one thread copies a file that is not in the page cache" {
	sync -f "$ext4"
	dd if="$ext4/big" iflag=nocache count=0 status=none
	assert_equal "$(threads -j2 "$ext4/big" "$xfs/new")" one
	cmp "$ext4/big" "$xfs/new"
}

@test "a file of a size limit that it exceeds is copied by one thread, up to the limit" {
	run bash -c 'ulimit -f 20480; strace -f -qq -e trace=clone,clone3 -o trace "$@"' - \
		"$OVL_CP" -j2 "$ext4/big" "$xfs/new"
	assert_failure 1
	assert_output --partial 'File too large'
	run grep -c CLONE_THREAD trace
	assert_output 0
}

@test "many big files of one call have one thread each" {
	mkdir "$xfs/to"
	cp "$ext4/big" "$ext4/other"
	cat "$ext4/other" >/dev/null
	assert_equal "$(threads -j2 "$ext4/big" "$ext4/other" "$xfs/to")" several
	[ "$(grep -c CLONE_THREAD trace)" -le 2 ] || fail 'a file has more'
	cmp "$ext4/big" "$xfs/to/big"
	cmp "$ext4/other" "$xfs/to/other"
	rm -r "$xfs/to" "$ext4/other"
}
