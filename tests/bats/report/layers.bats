#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# A report is refused if its file is one that the copy uses, under another name.
# shellcheck disable=SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/report

setup_file() { stack_file ext4 xfs; }

# keeps FILE ARG...: the call must fail, and leave FILE as it is.
keeps() {
	local sum
	sum=$(sha256sum <"$1")
	ovl_cp "${@:2}"
	assert_failure 1
	assert_equal "$(sha256sum <"$1")" "$sum"
}

@test "a file of an overlay is refused under its name in a layer, and the other way round" {
	file_make "$low/lower" 10000
	stack
	file_make "$merged/upper" 20000
	keeps "$merged/upper" --report="$up/upper/upper" "$merged/upper" "$BATS_TEST_TMPDIR/copy"
	keeps "$merged/upper" --report="$merged/upper" "$up/upper/upper" "$BATS_TEST_TMPDIR/copy"
	keeps "$merged/lower" --report="$low/lower" "$merged/lower" "$BATS_TEST_TMPDIR/copy"
	assert_output --partial 'the copy itself uses the file'
}
