#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# What a copy-up of a file with holes writes is counted before, and decides.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay
load ../../fixtures/stat

setup_file() { stack_file ext4 xfs python3; }

MIB=1048576

# scattered FILE STEP LENGTH: a file of 32 MiB with LENGTH bytes of data in every STEP.
scattered() {
	python3 - "$@" <<-'END'
		import sys
		step, length = int(sys.argv[2]), int(sys.argv[3])
		with open(sys.argv[1], "wb") as f:
		    f.truncate(32 << 20)
		    for at in range(0, 32 << 20, step):
		        f.seek(at)
		        f.write(b"x" * length)
	END
}

# foreseen FILE: prints the bytes that ovl-stat says a copy-up of FILE writes.
foreseen() {
	"$OVL_STAT" --json "$1" | sed 's/.*"copy_up":{[^}]*"bytes":\([0-9]*\).*/\1/'
}

@test "where more zeros would be written than data, the bytes are copied, also in a fan-out" {
	scattered "$low/file" $MIB $((MIB / 8)) # 4 MiB of data
	stack
	assert_equal "$(foreseen "$merged/file")" $((32 * MIB))
	ovl_stat "$merged/file"
	assert_says copy-up 'writes 32.0 MiB to the upper layer'
	ovl_cp --explain "$merged/file" "$merged/copy"
	refute_line --partial 'copy-up:'
	assert_output --partial 'would fill its holes with more zeros than it has data'
	ovl_cp "$merged/file" "$merged/copy"
	assert_copied file copy
	[ "$(growth "$up")" -lt $((16 * MIB)) ]
	ovl_cp --fan-out "$merged/file" "$merged/"{one,two}
	assert_copied file one two
}

@test "where that is asked for, as much is written as was foreseen" {
	scattered "$low/file" $((2 * MIB)) 4096
	stack
	assert_equal "$(foreseen "$merged/file")" $((16 * MIB))
	ovl_cp --explain --copy-up=always "$merged/file" "$merged/copy"
	assert_line --partial 'copy-up:     writes 16777216 bytes (16.0 MiB) to the upper layer, once'
	ovl_cp --copy-up=always --debug "$merged/file" "$merged/copy"
	assert_output --partial '16777216 copied up'
	assert_cloned file copy
}

@test "the limits count data, not size" {
	truncate -s 64M "$low/little" "$low/enough"
	head -c $((MIB - 4096)) /dev/zero | tr '\0' x | dd of="$low/little" conv=notrunc status=none
	head -c $MIB /dev/zero | tr '\0' x | dd of="$low/enough" conv=notrunc status=none
	stack
	ovl_cp --debug "$merged/little" "$merged/copy"
	assert_copied little copy
	assert_output --partial 'it has less data than --copy-up-min'
	ovl_cp "$merged/enough" "$merged/copy2"
	assert_cloned enough copy2
}

@test "a filesystem that reports no holes has them all filled" {
	requires fs:erofs
	mkdir "$BATS_TEST_TMPDIR/from"
	scattered "$BATS_TEST_TMPDIR/from/file" $((16 * MIB)) $MIB
	low=$BATS_TEST_TMPDIR/low
	fs_make_ro erofs "$low" "$BATS_TEST_TMPDIR/from"
	stack
	assert_equal "$(foreseen "$merged/file")" $((32 * MIB))
	ovl_cp --copy-up=always "$merged/file" "$merged/copy"
	assert_cloned file copy
	assert_grown_by $((32 * MIB))
}

@test "holes that the number of blocks does not show count, too" {
	requires fs:squashfs
	file_make "$low/file" 40000
	cp "$low/file" "$BATS_TEST_TMPDIR/end"
	truncate -s 2M "$low/file"
	cat "$BATS_TEST_TMPDIR/end" >>"$low/file"
	fs_make_ro squashfs "$BATS_TEST_TMPDIR/squashed" "$low"
	low=$BATS_TEST_TMPDIR/squashed
	stack
	bytes=$(foreseen "$merged/file")
	((bytes < 3 * MIB / 2))
	ovl_cp --explain --copy-up=always "$merged/file" "$merged/copy"
	assert_line --partial "copy-up:     writes $bytes bytes"
	ovl_cp --copy-up=always --debug "$merged/file" "$merged/copy"
	assert_output --partial "$bytes copied up"
	assert_cloned file copy
}
