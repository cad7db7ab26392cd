#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# fuse-overlayfs shares by copy_file_range what is on its upper layer: a fan-out writes one copy, a
# loop copies the source up once.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay
load ../../fixtures/explain

setup_file() {
	requires reflink:btrfs || return 0
	stack_file ext4 xfs fuse-overlayfs && fs_make btrfs "$BATS_FILE_TMPDIR/btrfs" 1024
}

BIG=$((16 * 1024 * 1024 + 123))

fuse() { fuse_stack "${1:-$BIG}"; }

loop_and_fan_out() {
	fuse
	"$OVL_CP" --fan-out "$merged/file" "$merged/"{a,b,c}
	assert_shares "$up/upper/"{a,b,c}
	assert_not_copied_up file
	"$OVL_CP" "$merged/file" "$merged/one"
	ovl_cp --debug "$merged/file" "$merged/two"
	assert_output --partial "0 bytes written, $BIG shared"
	assert_cloned file one two
	assert_all_equal "$low/file" "$merged/"{a,b,c,one,two}
	assert_grown_by $((BIG * 2))
	assert_untouched "$merged/file"
}

@test "over xfs a fan-out and a loop write the data once" { loop_and_fan_out; }

@test "over btrfs, too" {
	up=$(mktemp -d -p "$BATS_FILE_TMPDIR/btrfs")
	loop_and_fan_out
}

@test "--require=share has the source copied up, unless that is forbidden" {
	fuse "$SIZE"
	ovl_cp --require=share --copy-up=never "$merged/file" "$merged/copy"
	assert_refused file copy 'fuse-overlayfs cannot clone'
	ovl_cp --require=share --debug "$merged/file" "$merged/copy"
	assert_output --partial "$SIZE copied up (rule: range-share)"
	assert_cloned file copy
}

@test "--copy-up-only, which copies up what it can, is not told to allow it by --copy-up=always" {
	fuse 65536
	ovl_cp -v --copy-up-only "$merged/file"
	assert_failure 1
	assert_output --partial 'a source of less than 256 KiB of data'
	refute_output --partial 'copy-up=always'
}

# without_write_back ERRNO: a copy during which sync_file_range, and nothing else, fails.
without_write_back() {
	requires strace
	fuse
	run strace -f -qq -o "$up/trace" -e trace=sync_file_range -e "inject=sync_file_range:error=$1" \
		"$OVL_CP" "$merged/file" "$merged/copy"
	grep -q INJECTED "$up/trace"
}

@test "where the sample cannot be written to the disk the copy fails" {
	without_write_back EIO
	assert_failure 1
	assert_output "ovl-cp: error writing '$merged/copy': Input/output error"
	assert_not_exists "$merged/copy"
}

@test "where that is not allowed the copy is right, and shares nothing" {
	without_write_back EPERM
	assert_success
	assert_output ''
	assert_all_equal "$low/file" "$merged/copy"
}

@test "--remember, which records nothing on FUSE, does not prevent that" {
	fuse
	for i in 1 2 3; do "$OVL_CP" --remember="$up/records" "$merged/file" "$merged/copy$i"; done
	assert_grown_by "$BIG"
}

@test "hard links, programs and what is smaller than 16 MiB are copied" {
	file_make "$low/program" "$BIG" && chmod +x "$low/program"
	file_make "$low/link" "$BIG" && ln "$low/link" "$low/link2"
	fuse $((BIG - 4096))
	"$OVL_CP" --copy-up=always "$merged/link" "$merged/link-copy"
	for file in file program; do "$OVL_CP" "$merged/$file" "$merged/$file-copy"; done
	assert_not_copied_up file link program
}

@test "where the upper filesystem cannot share nothing is copied up" {
	up=$(mktemp -d -p "$BATS_FILE_TMPDIR/low")
	fuse
	ovl_cp --copy-up=always "$merged/file" "$merged/copy"
	assert_copied file copy
	watched=("$up")
	explains "$merged/file" "$merged/copy2"
	assert_says method 'unknown until it is copied'
}
