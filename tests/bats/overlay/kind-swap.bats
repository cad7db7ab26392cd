#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Files in use as swap space: --explain predicts what the copy does.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay
load ../../fixtures/kind

setup_file() { stack_file ext4 xfs swapon mkswap; }

teardown() {
	[ -z "${swap-}" ] || swapoff "$swap"
	lab_cleanup
}

@test "active swap space on the lower layer is copied up and cloned like any file" {
	swap_on "$low/swap"
	stack
	watched=("$merged")
	agrees --require=clone "$merged/swap" "$merged/copy"
	assert_copied_up swap
}

@test "active swap space of a filesystem, or on the upper layer, is read and not shared" {
	stack
	mkdir "$up/plain"
	swap_on "$up/upper/swap"
	watched=("$up")
	agrees "$up/upper/swap" "$up/plain/copy"
	agrees "$merged/swap" "$merged/copy"
	ovl_cp --explain "$merged/swap" "$merged/second"
	assert_output --partial "not shared:  '$merged/swap' is in use as swap space"
	ovl_cp --require=clone "$merged/swap" "$merged/second"
	assert_failure 1
	assert_output --partial 'is in use as swap space'
}

@test "active swap space cannot be overwritten or removed" {
	swap_on "$up/swap"
	file_make "$up/file" "$SIZE"
	watched=("$up")
	for option in --debug --reflink=always --force --remove-destination --backup; do
		agrees "$option" "$up/file" "$up/swap"
	done
}
