#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The tests themselves, read as text.

load ../../fixtures/common

setup() { cd "$BATS_TEST_DIRNAME/../../.." || return; } # the root of the source

# unseen FILE...: prints the checks whose failure a test does not see, because it goes on: all but the last of
# several that are joined by &&, and one with a "!" before it; unless nothing follows in their function.
unseen() {
	awk '
		function is_unseen(line, before) {
			if (line ~ /\|\|/ || line ~ /[\\&|]$/ || before ~ /[\\&|]$/ || gsub(/"/, "\"", line) % 2)
				return 0
			return line ~ /^\t+! / || line ~ ("^\t+(" check ").* && (! )?(" check ")")
		}
		BEGIN { check = "assert|refute|cmp |diff |grep |shares_extents |copied_up |\\[ |\\[\\[ |ovl_[a-z]+ " }
		FNR == 1 { held = before = "" }
		held != "" && $0 != "}" { print held }
		{
			held = is_unseen($0, before) ? FILENAME ":" FNR ":" $0 : ""
			before = $0
		}' "$@"
}

@test "no check is in a place where its failure is not seen" {
	printf '\t%s\n' 'cmp a b && cmp a c' '! grep x y' '[ a ] && ! [ b ]' 'cmp a b' 'cmp a b && cd c' \
		'grep -q x || ! grep y' '! cmp a c' >"$BATS_TEST_TMPDIR/bad.bash"
	echo '}' >>"$BATS_TEST_TMPDIR/bad.bash"
	assert_equal "$(unseen "$BATS_TEST_TMPDIR/bad.bash" | cut -d : -f 2 | xargs)" '1 2 3'
	run unseen tests/bats/*/*.bats tests/fixtures/*.bash
	assert_success
	refute_output
}

@test "docs/TESTING.md has a row for each fixture, and names each folder of tests/bats" {
	for fixture in tests/fixtures/*.bash; do
		fixture=${fixture##*/}
		[ "$fixture" != common.bash ] || continue
		grep -qF "| \`$fixture\` |" docs/TESTING.md || fail "$fixture"
	done
	folders=$(sed -n '/^The folders of/,/^$/p' docs/TESTING.md)
	for folder in tests/bats/*/; do
		folder=$(basename "$folder")
		[[ $folders = *"\`$folder/\`"* ]] || fail "$folder/"
	done
}
