#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --stats: what is shared, in each way, and copied up.
# shellcheck disable=SC2154 # variables of bats
# needs: images

load ../../fixtures/overlay
load ../../fixtures/deny

setup() { cd "$BATS_TEST_TMPDIR" || return; }

teardown() { lab_cleanup; }

# stats_are FILES BYTES ARG...: the program must print these lines, and one with the time.
stats_are() {
	local files=$1 bytes=$2
	shift 2
	ovl_cp_split --stats "$@"
	assert_equal "${stderr_lines[-3]}" "files: $files"
	assert_equal "${stderr_lines[-2]}" "data:  $bytes"
	assert_regex "${stderr_lines[-1]}" '^time:  [0-9]+\.[0-9]{3} s(, .*/s written)?$'
}

@test "what is cloned, shared by copy_file_range, and copied up" {
	requires loop overlay fs:ext4 reflink:xfs
	fs_make ext4 low && fs_make xfs up && file_make low/big 2M && file_make low/other 1M
	overlay_make merged "$PWD/low" "$PWD/up"
	stats_are '1 copied' '2.0 MiB shared, 0 bytes written, 2.0 MiB copied up' \
		merged/big merged/new
	stats_are '3 copied' '4.0 MiB shared, 2.0 MiB written, 0 bytes copied up' \
		--fan-out "$PWD/low/big" up/a up/b up/c
	stats_are '1 copied up' '0 bytes shared, 0 bytes written, 1.0 MiB copied up' \
		--copy-up-only merged/other
}

@test "a deduplication counts what is equal" {
	requires loop reflink:xfs
	fs_make xfs xfs && file_make xfs/a 1M && dd if=xfs/a of=xfs/b bs=1M status=none
	stats_are '1 equal' '1.0 MiB shared, 0 bytes written, 0 bytes copied up' --dedupe xfs/{a,b}
}

@test "what copy_file_range has shared, where clones are denied" {
	requires loop reflink:xfs
	fs_make xfs xfs && file_make xfs/a 1M
	denying FICLONE=EPERM FICLONERANGE=EPERM
	stats_are '1 copied' '1.0 MiB shared, 0 bytes written, 0 bytes copied up' xfs/a xfs/b
	was_denied FICLONE
}
