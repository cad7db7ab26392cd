#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Past an overlay: what lies at the path of a layer is believed only when it is the very file.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # variables of the fixtures
# needs: images

load ../../fixtures/overlay
load ../../fixtures/bypass

setup_file() { stack_file xfs xfs; }

# twin DIR: mounts over DIR a copy of the device below $low, with the same files.
twin() {
	local image=$BATS_TEST_TMPDIR/twin
	sync -f "$low"
	xfs_freeze -f "$BATS_FILE_TMPDIR/low"
	cp --sparse=always "$(losetup -nO BACK-FILE \
		"$(findmnt -no SOURCE "$BATS_FILE_TMPDIR/low")")" "$image"
	xfs_freeze -u "$BATS_FILE_TMPDIR/low"
	mkdir "$BATS_TEST_TMPDIR/mnt"
	mount -o loop,nouuid "$image" "$BATS_TEST_TMPDIR/mnt"
	mount --bind "$BATS_TEST_TMPDIR/mnt/${low##*/}" "$1"
	twin_out=$BATS_TEST_TMPDIR/mnt
}

@test "a file that was replaced since it was opened is not taken for the new one" {
	stack
	file_make "$merged/file" "$SIZE"
	file_make "$merged/new" "$SIZE" 99
	touch -r "$merged/file" "$merged/new"
	assert_no_way "$merged/file" "$out/copy" "mv '$merged/new' '$merged/file'"
}

@test "a file that was removed since it was opened is not found" {
	stack
	file_make "$merged/file" "$SIZE"
	assert_no_way "$merged/file" "$out/copy" \
		"mv '$merged/file' '$merged/file (deleted)'; cp -p '$merged/file (deleted)' '$merged/x'
		ln '$merged/x' '$merged/y'; rm '$merged/file (deleted)'"
}

@test "a file that was changed on a layer, but for size and mtime, is not taken" {
	file_make "$low/file" "$SIZE"
	stack
	mkdir "$low/../hidden-$$"
	file_make "$low/../hidden-$$/file" "$SIZE" 99
	touch -r "$low/file" "$low/../hidden-$$/file"
	mount --bind "$low/../hidden-$$" "$low"
	assert_no_way "$merged/file" "$lower_out/copy"
}

@test "a file that was copied up since it was opened is the one on the upper layer" {
	file_make "$low/file" "$SIZE"
	file_make "$low/other" "$SIZE"
	stack
	assert_no_way "$merged/file" "$lower_out/copy" ": >>'$merged/file'"
	past "$merged/other" "$out/copy" "echo more | dd of='$merged/other' conv=notrunc status=none"
	assert_output cloned
	assert_shares "$up/upper/other" "$out/copy"
}

@test "a copy of the filesystem at the path of the layer is not taken" {
	requires xfs_freeze losetup
	file_make "$low/file" "$SIZE"
	stack
	twin "$low"
	touch "$twin_out/dst" && cmp "$low/file" "$merged/file"
	[ "$(stat -c '%i %s %.9Y %.9Z' "$low/file")" = "$(stat -c '%i %s %.9Y %.9Z' "$merged/file")" ]
	[ "$(extents "$low/file")" = "$(extents "$merged/file")" ]
	assert_no_way "$merged/file" "$twin_out/copy"
}

@test "nor is one below a file of which only the metadata was copied up" {
	requires xfs_freeze losetup getfattr
	file_make "$low/file" "$SIZE"
	stack metacopy=on
	chmod 600 "$merged/file"
	twin "$low"
	[ "$(extents "$low/file")" = "$(extents "$merged/file")" ]
	assert_no_way "$merged/file" "$twin_out/copy"
}

@test "an overlay of another mount namespace, with other files at the paths of its layers" {
	file_make "$low/file" "$SIZE"
	mkdir "$low/../other-$$"
	file_make "$low/../other-$$/file" "$SIZE" 99
	touch -r "$low/file" "$low/../other-$$/file"
	mkdir -p "$merged"
	# mounted where $low is what it is; looked at where it is something else
	run unshare --mount --propagation private sh -ec 'mount -t overlay -o "$1" overlay "$2"
		exec unshare --mount --propagation private sh -ec "$3"' sh \
		"lowerdir=$low:$out" "$merged" "mount --bind '$low/../other-$$' '$low'
		! '$bypass' '$merged/file' '$lower_out/copy'"
	assert_success
	assert_output 'not found: No such file or directory'
}
