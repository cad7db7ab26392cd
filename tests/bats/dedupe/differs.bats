#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --dedupe: what differs, or is changed meanwhile, is left alone and told.
# shellcheck disable=SC2030,SC2031 # status is that of ovl_cp, in the same subshell
# needs: images

load ../../fixtures/common
load ../../fixtures/dedupe
load ../../fixtures/stopped

setup_file() { dedupe_file xfs btrfs; }
teardown() {
	rm -f "$BATS_TEST_TMPDIR/writes" # a writer ends
	lab_cleanup
}

says() {
	assert_failure 1
	assert_output "ovl-cp: $1"
}

differing() {
	file_make src 18M && twin src dst equal
	printf x | dd of=dst bs=1 seek=17000001 conv=notrunc status=none
	unchanged --dedupe src dst equal
	says "'dst' differs from 'src' at offset 17000001, and is left alone"
	shares_extents src equal # the others do not suffer
	printf y >>equal
	unchanged --dedupe src equal
	says "'equal' differs from 'src' at offset $((18 * 1024 * 1024)), and is left alone"
	unchanged --dedupe src missing
	says "cannot stat 'missing': No such file or directory"
	mkfifo pipe && unchanged --dedupe src pipe
	says "'pipe' and 'src' are not both regular files, nor both directories"
	unchanged --dedupe pipe src
	says "'src' and 'pipe' are not both regular files, nor both directories"
}
@test "the first byte that differs is told, and all else shares" {
	on_each differing
}

# Each write goes to a copy elsewhere, too, which the destination must be equal to in the end.
written_meanwhile() {
	file_make src 8M && twin src dst && cp dst "$BATS_TEST_TMPDIR/model"
	touch "$BATS_TEST_TMPDIR/writes"
	(
		while [ -e "$BATS_TEST_TMPDIR/writes" ]; do
			at=$((RANDOM * RANDOM % (8 * 1024 * 1024)))
			printf 'new%d' $at | tee >(dd of=dst bs=1 seek=$at conv=notrunc status=none) |
				dd of="$BATS_TEST_TMPDIR/model" bs=1 seek=$at conv=notrunc status=none
		done
	) 3>&- &
	writer=$!
	for ((n = 0; n < 10; n++)); do
		run "$OVL_CP" --dedupe src dst
		[ "$status" = 0 ] || assert_output --regexp '^ovl-cp: .dst. (differs from|is left alone: another process)'
	done
	rm "$BATS_TEST_TMPDIR/writes" && wait $writer
	until_true cmp dst "$BATS_TEST_TMPDIR/model" # the last tee may still be at work
	rm "$BATS_TEST_TMPDIR/model"
}
@test "no byte is lost that is written meanwhile" {
	on_each written_meanwhile
}

@test "a file that is cut short meanwhile is left alone" {
	requires strace
	cd "$BATS_FILE_TMPDIR/xfs" && file_make long 40M && twin long cut
	stopped ioctl "when=$(second_dedupe long)" --dedupe long cut
	truncate -s 100 cut
	local status=0
	goes_on || status=$?
	assert_equal "$status $(<"${said:?}")" "1 ovl-cp: 'cut' is left alone: another process changed it, or 'long', meanwhile"
	cmp -n 100 long cut
	assert_equal "$(stat -c %s cut)" 100
}

@test "a file that grows meanwhile is left alone, also behind the last whole block" {
	requires strace
	cd "$BATS_FILE_TMPDIR/xfs" && file_make uneven $((72 * 1024 * 1024 + 100)) && twin uneven grows
	strace -o "$BATS_TEST_TMPDIR/trace" -e trace=ioctl -e inject=ioctl:delay_exit=500000:when=5+ "$OVL_CP" --dedupe uneven grows 2>err 3>&- &
	local pid=$! status=0
	until_true grep -q FIDEDUPERANGE "$BATS_TEST_TMPDIR/trace"
	printf x >>grows
	wait $pid || status=$?
	assert_equal "$status $(<err)" "1 ovl-cp: 'grows' is left alone: another process changed it, or 'uneven', meanwhile"
	cmp -n $((72 * 1024 * 1024 + 100)) uneven grows
}
