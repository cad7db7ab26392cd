#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# What a copy-up must not change in the source, other than its times (see times.bats).
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay

setup_file() { stack_file ext4 xfs; }

@test "set-id bits, owner and capabilities stay" {
	requires root setcap
	for opts in metacopy=off metacopy=on; do
		file_make "$low/$opts" "$SIZE"
		chown 1:2 "$low/$opts"
		chmod 6755 "$low/$opts"
		setcap cap_net_raw+ep "$low/$opts"
		stack "$opts"
		remember "$merged/$opts"
		[[ $(state_of "$merged/$opts") == *mode=6755*security.capability* ]]
		ovl_cp --copy-up=always "$merged/$opts" "$merged/copy-$opts"
		assert_cloned "$opts" "copy-$opts"
		assert_untouched "$merged/$opts"
		umount "$merged"
	done
}

@test "set-id bits and capabilities stay when the metadata was copied up before" {
	requires root setcap
	file_make "$low/file" "$SIZE"
	stack metacopy=on
	chmod 6755 "$merged/file"
	setcap cap_net_raw+ep "$merged/file"
	remember "$merged/file"
	assert_not_copied_up file
	ovl_cp --copy-up=always "$merged/file" "$merged/copy"
	assert_cloned file copy
	assert_untouched "$merged/file"
}
