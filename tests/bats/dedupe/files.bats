#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --dedupe: destinations that exist and are equal share the data of the source.
# shellcheck disable=SC2030,SC2031 # status is that of ovl_cp, in the same subshell
# needs: images

load ../../fixtures/common
load ../../fixtures/dedupe
load ../../fixtures/stopped

setup_file() { dedupe_file xfs btrfs; }

all_sizes() {
	for size in 1 4095 4096 4097 65537 $((16 * 1024 * 1024 + 1)); do
		file_make "src$size" "$size"
		twin "src$size" "one$size" "two$size"
		unchanged --dedupe "src$size" "one$size" "two$size"
		assert_success
		refute_output
		# btrfs keeps the shortest ones in its metadata
		[ "$size" -lt 4095 ] || shares_extents "src$size" "two$size" || fail "$size: nothing is shared"
		rm -- *"$size"
	done
}
@test "files of every length share all of their data, and nothing else of them changes" {
	on_each all_sizes
}

second_run() {
	requires strace
	file_make src 2M && twin src one two
	is_idle --dedupe src one && fail 'the first run asked the kernel nothing'
	"$OVL_CP" --dedupe src two
	is_idle --dedupe src one two src
	run "$OVL_CP" --dedupe -v src one two
	assert_success
	refute_output
}
@test "a second run does nothing, and prints nothing" {
	on_each second_run
}

rest_of_a_run() {
	requires strace
	file_make part 64K && truncate -s 40M src
	for at in 0 170 350; do dd if=part of=src bs=100K seek=$at conv=notrunc status=none; done
	twin src dst
	second=$(second_dedupe src)
	strace -o /dev/null -e trace=ioctl -e "inject=ioctl:error=EIO:when=$second+" "$OVL_CP" --dedupe src dst &&
		fail 'no error'
	ovl_cp --dedupe --debug src dst
	assert_success
	assert_output --partial ' shared (rule: dedupe)'
	refute_output --partial "$((3 * 64 * 1024)) shared" # only what was left
	shares_extents src dst
	cmp src dst
}
@test "a run that was cut short is continued" {
	on_each rest_of_a_run
}

@test "a signal ends it between two pieces" {
	requires strace
	cd "$BATS_FILE_TMPDIR/xfs"
	file_make big 64M && twin big dst
	stopped ioctl "when=$(second_dedupe big)" --dedupe big dst
	kill -TERM "${pid:?}"
	local status=0
	goes_on || status=$?
	assert_equal "$status" 143
	cmp big dst
	[ "$(grep -c FIDEDUPERANGE "$BATS_TEST_TMPDIR/stopped")" -lt 4 ] # of five, one of them of a byte
}
