#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --dedupe of files with holes, zeros, and both at random.
# shellcheck disable=SC2030,SC2031 # status is that of ovl_cp, in the same subshell
# needs: images

load ../../fixtures/common
load ../../fixtures/dedupe

setup_file() { dedupe_file xfs btrfs; }

holes() {
	truncate -s 20M src dst holes
	file_make part 1M && dd if=part of=src bs=1M seek=10 conv=notrunc status=none
	dd if=/dev/zero of=src bs=1M count=4 conv=notrunc status=none # zeros of the source, a hole of
	dd if=part of=dst bs=1M seek=10 conv=notrunc status=none      # the destination, and vice versa
	dd if=/dev/zero of=dst bs=1M seek=15 count=2 conv=notrunc status=none
	sync -f .
	blocks=$(stat -c %b dst) used=$(used_bytes .)
	unchanged --dedupe src dst
	assert_success
	sync -f .
	[ "$(stat -c %b dst)" -le "$blocks" ]
	[ "$(used_bytes .)" -lt "$used" ]
	unchanged --dedupe holes dst
	assert_failure 1
	assert_output "ovl-cp: 'dst' differs from 'holes' at offset $((10 * 1024 * 1024))"', and is left alone'
}
@test "holes stay holes, zeros become holes of the source, and the destination never grows" {
	on_each holes
}

random_pairs() {
	for ((n = 0; n < 5; n++)); do
		size=$((RANDOM * 97 + 1)) piece=$((RANDOM % 60 + 1))
		truncate -s $size src && file_make data 300K $n
		for ((i = 0; i < 4; i++)); do
			dd if=data of=src bs=4K count=$piece seek=$((RANDOM % (size / 4096 + 1))) conv=notrunc status=none
		done
		twin src dst && cp --sparse=always --reflink=never src tight
		((n % 3)) || printf x | dd of=dst bs=1 seek=$((RANDOM % size)) conv=notrunc status=none
		status_of=0 && cmp -s src dst || status_of=1
		unchanged --dedupe src dst tight
		assert_equal "$n: ${status:?}" "$n: $status_of"
	done
}
@test "random files: the exit status is that of cmp, and no byte changes" {
	on_each random_pairs
}
