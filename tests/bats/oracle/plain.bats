#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# A few random files and options in any environment, also without permission to mount.

load ../../fixtures/common
load ../../fixtures/oracle

@test "as the user of the tests, in the directory of the tests" { oracle_runs "$BATS_TEST_TMPDIR" 150 plain; }

@test "the comparison can fail: without modes and times there are differences" {
	printf '%s\n' '#!/bin/bash' 'exec cp "$@" --no-preserve=mode,timestamps' \
		>"$BATS_TEST_TMPDIR/wrong"
	chmod +x "$BATS_TEST_TMPDIR/wrong"
	requires "${top_builddir:-.}/tests/oracle/oracle"
	run "${top_builddir:-.}/tests/oracle/oracle" --cp="$(command -v cp)" \
		--ovl="$BATS_TEST_TMPDIR/wrong" --dir="$BATS_TEST_TMPDIR" --seed=1 --count=60
	assert_failure
	assert_line --regexp '^oracle: 60 pairs, [1-9][0-9]* differences, '
}
