#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The documentation of kinds of overlays.
# shellcheck disable=SC2013,SC2016

load ../../fixtures/common

setup() {
	lab_setup
	cd "${srcdir:-$BATS_TEST_DIRNAME/../../..}" || return
}

@test "the other manuals lead to it" {
	grep -qx '.Xr ovl-cp-overlay 7 ,' man/ovl-cp.1
	grep -qx '.Xr ovl-cp-overlay 7 ,' man/ovl-stat.1
}

@test "each test that docs/overlays.md names is there, and each one of a kind is named" {
	local name names
	names=$(grep '^|' docs/overlays.md | awk -F '|' '{ print $(NF - 1) }' | grep -o '`[^`]*`' | tr -d '`' | sort -u)
	[ "$(wc -l <<<"$names")" -gt 20 ] || fail 'no names were found'
	for name in $names; do
		compgen -G "tests/bats/overlay/$name.bats" >/dev/null || [ -d "tests/bats/overlay/$name" ] ||
			[ -f "tests/bats/overlay/$name.bats" ] || fail "no test $name"
	done
	for name in tests/bats/overlay/kind-*.bats; do
		name=${name##*/}
		grep -qx "${name%.bats}" <<<"$names" || fail "$name is not named"
	done
}

@test "each method that docs/overlays.md names is a row of the plan" {
	local word
	for word in $(grep '^|' docs/overlays.md | awk -F '|' 'NF > 6 { print $3, $4, $5 }' |
		grep -oE '\b(clone|range|match|seek)-[a-z]+' | sort -u); do
		grep -q "^	{ \"$word\"," lib/plan/method.c || fail "no row $word"
	done
}
