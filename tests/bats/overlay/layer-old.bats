#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Before Linux 6.7 a file whose metadata alone was copied up is like one on the upper layer. Such a
# kernel is known by its mappings, which show the file of the layer: here, by a text in their place.
# shellcheck disable=SC2016,SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay
load ../../fixtures/look

setup_file() { stack_file ext4 xfs "$LOOK"; }

# begin [OPTS]: mounts a stack with one file on each layer.
begin() {
	file_make "$low/lower" 10K
	stack "${1-}"
	file_make "$merged/new" 10K
}

# as_mapped TEXT FILE...: prints the layers where TEXT is in /proc/self/maps.
as_mapped() {
	printf '%s\n' "$1" >"$BATS_TEST_TMPDIR/maps"
	unshare --mount --propagation private sh -c 'mount --bind "$1" /proc/$$/maps &&
		shift && exec "$@"' sh "$BATS_TEST_TMPDIR/maps" "$LOOK" "${@:2}"
}

# upper_device: a line of mappings for every address, with the device of the upper layer.
upper_device() {
	local device
	device=$(mountpoint -d "$BATS_FILE_TMPDIR/up")
	printf '0-ffffffffffffffff r--p 00000000 %x:%x 1 /x\n' "${device%:*}" "${device#*:}"
}

@test "with metacopy, a file on the upper layer is unclear to a kernel that does not tell metadata" {
	begin metacopy=on
	run as_mapped "$(upper_device)" "$merged/"{lower,new}
	assert_output $'lower\nunclear'
}

@test "where mappings cannot be looked at that is unclear, too" {
	begin metacopy=on
	run as_mapped '' "$merged/"{lower,new}
	assert_output $'lower\nunclear'
}

@test "it is not where the overlay has no such files" {
	begin metacopy=off
	run as_mapped '' "$merged/"{lower,new}
	assert_output $'lower\nupper'
}

@test "the question whether it can be does not change a time" {
	begin metacopy=on
	touch -a -d 2001-01-01 "$merged/new"
	was=$(stat -c '%X %Z' "$up/upper/new")
	assert_layer upper "$merged/new"
	assert_equal "$(stat -c '%X %Z' "$up/upper/new")" "$was"
}
