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

# closure PACKAGE...: prints these packages of Debian, all that are installed with them, and those that are
# there before.
closure() {
	echo apt
	apt-cache depends --recurse --no-recommends --no-suggests --no-conflicts --no-breaks --no-replaces \
		--no-enhances "$@" | sed -n 's/^\([a-z0-9].*\)/\1/p'
	dpkg-query -W -f '${Priority} ${Package}\n' | sed -n 's/^required //p'
}

# package_of COMMAND: prints the package of Debian that the command of this machine comes from.
package_of() {
	local path
	path=$(readlink -f "$(type -P "$1")")
	dpkg-query -S "$path" 2>/dev/null || dpkg-query -S "${path#/usr}" 2>/dev/null
}

@test "every command that a test requires comes with a package that ./bootstrap check installs" {
	requires apt-cache dpkg-query
	mapfile -t packages < <(sed -n '/^packages()/,/^}/p' bootstrap | tr -d '\t' |
		awk -F ' *[|] *' '$1 ~ /^(build|demo|check|extra|static)$/ && $2 != "-" { print $2 }')
	[ ${#packages[@]} -gt 50 ]
	closure "${packages[@]}" >"$BATS_TEST_TMPDIR/closure"
	words=$(grep -hv '^[[:space:]]*#' tests/bats/*/*.bats tests/fixtures/*.bash |
		grep -oE '\brequires( [a-z0-9_.+-]+)+' | tr ' ' '\n' | sort -u)
	[ "$(wc -l <<<"$words")" -gt 50 ]
	for word in $words; do
		# what is missing is no command, or skips its tests; what is of no package was installed by hand
		[ -n "$(type -P "$word")" ] && package=$(package_of "$word") || continue
		grep -qx "${package%%[:,]*}" "$BATS_TEST_TMPDIR/closure" || fail "$word: ${package%%:*}"
	done
}
