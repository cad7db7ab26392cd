#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# -j: what a file has that two threads copy: its holes, its length.
# needs: images
# shellcheck disable=SC2154 # variables of the fixtures

load ../../fixtures/common
load ../../fixtures/cp
load ../../fixtures/split

@test "holes remain holes, at the edges of pieces and within them" {
	rm -f "$ext4/sparse" && cp "$ext4/big" "$ext4/sparse"
	fallocate -p -o $((3 * MIB)) -l $((2 * MIB)) "$ext4/sparse"
	fallocate -p -o $((10 * MIB)) -l 65536 "$ext4/sparse"
	truncate -s +777 "$ext4/sparse"
	sync "$ext4/sparse" && cat "$ext4/sparse" >/dev/null
	for option in auto never; do
		rm -f "$ext4/new"
		assert_equal "$(threads -j2 "--sparse=$option" "$ext4/sparse" "$ext4/new")" several
		cmp "$ext4/sparse" "$ext4/new"
		sync "$ext4/new"
		holes=$(($(stat -c %b "$ext4/sparse") - $(stat -c %b "$ext4/new")))
		[ "$option" != auto ] || [ "${holes#-}" -le 16 ] || fail "$holes blocks more or less"
		[ "$option" = auto ] || [ "$holes" -lt -4000 ] || fail "holes are left: $holes"
	done
}

@test "what is between two data is skipped at once" {
	rm -f "$ext4/sparse" && cp "$ext4/big" "$ext4/sparse"
	dd if="$ext4/big" of="$ext4/sparse" bs=1M seek=900 count=1 conv=notrunc status=none
	truncate -s 1G "$ext4/sparse"
	# holes are in the page cache, too, once they were read
	cat "$ext4/sparse" >/dev/null
	assert_equal "$(threads -j2 "$ext4/sparse" "$ext4/new")" several
	strace -f -qq -o trace -e trace=lseek "$OVL_CP" -j2 "$ext4/sparse" "$ext4/new"
	calls=$(grep -c 'lseek(' trace) # a call that strace does not know is in it as well
	[ "$calls" -lt 80 ] || fail "$calls calls"
	cmp -n $((30 * MIB)) "$ext4/sparse" "$ext4/new"
	cmp -i $((890 * MIB)) -n $((30 * MIB)) "$ext4/sparse" "$ext4/new"
	assert_equal "$(stat -c %s "$ext4/new")" $((1 << 30))
	rm "$ext4/sparse"
}

@test "an existing file is overwritten, and what was longer is cut off" {
	head -c $((30 * MIB)) /dev/zero >"$xfs/new"
	inode=$(stat -c %i "$xfs/new")
	assert_equal "$(threads -j2 "$ext4/big" "$xfs/new")" several
	cmp "$ext4/big" "$xfs/new"
	assert_equal "$(stat -c %i "$xfs/new")" "$inode"
}

@test "until all before it is complete, a file is not as long as its source" {
	strace -f -qq -o trace -e trace=pwrite64,clone,clone3 "$OVL_CP" -j2 "$ext4/big" "$xfs/new"
	grep -qE 'clone3?\(' trace
	last=$(grep -n 'pwrite64(.*, 25165[0-9]*)\|pwrite64(.*, 251658[0-9]*)' trace | tail -n 1)
	[ "${last%%:*}" = "$(grep -n 'pwrite64(' trace | tail -n 1 | cut -d : -f 1)" ] || fail "$last"
}
