#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --debug prints the ids of the rules, which are rows of the plan, so they are explained in the documentation.

load ../../fixtures/common

setup() {
	cd "$BATS_TEST_DIRNAME/../../.." || return # the root of the source
	rows=$(sed -nE 's/^\t\{ "([a-z-]+)",.*/\1/p' lib/plan/method.c)
	[ "$(wc -w <<<"$rows")" -gt 10 ]
}

@test "the architecture lists the rows of the plan, all of them and in their order" {
	diff <(echo "$rows") <(sed -n '/^| id /,/^$/s/^| \([a-z-]*\) |.*/\1/p' docs/ARCHITECTURE.md |
		sed 1d)
}

@test "the manual explains each row that can complete a file" {
	for row in $rows; do
		case $row in
		stop | done | exhausted | *cannot-clone | no-clone*) continue ;; # final rows
		classify | probe-* | copy-up | match-flag | seek-layer | recall*) continue ;; # intermediate steps
		sample-range | copy-up-range) continue ;;
		esac
		grep -qx ".It Li $row" man/ovl-cp.1 || fail "the manual has no $row"
	done
}
