#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# options.def is the only list of options; help, manual and completions must agree with it.

load ../../fixtures/common
load ../../fixtures/docs

setup() {
	cd "$BATS_TEST_DIRNAME/../../.." || return # the root of the source
	manual=man/ovl-cp.1
	# An option without names on its first line yields "-", which is in no other list.
	# shellcheck disable=SC2034 # for agrees
	options=$(sed -nE "s/^OVL_(OPTION|EXTRA)\(//; T; s/[\"']//g; p" cmd/options.def |
		awk -F ', *' '{ print "--" $2; print "-" $3 }' | grep -vx -e -- -e -0 | sort)
}

# complete_words WORD...: prints what bash offers for the last WORD of the command line.
complete_words() {
	# shellcheck disable=SC2016 # expanded by that shell
	bash --norc -c '. completions/ovl-cp.bash
		compopt() { :; } # exists only while readline completes
		COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)); _ovl_cp
		printf "%s\n" "${COMPREPLY[@]}"' bash ovl-cp "$@"
}

@test "--help lists the options of options.def and mentions no others" { help_agrees "$OVL_CP"; }

@test "the manual explains the options of options.def and mentions no others" { manual_agrees "$manual"; }

@test "schema and manual of the report have the fields of the table in record_fields.c" {
	fields=$(sed -nE 's/^\t\{ "([a-z_]+)", RECORD_([A-Z_]+), .*/\1 \2/p' cmd/record_fields.c)
	assert_equal "$(wc -l <<<"$fields")" "$(grep -c $'^\t{ "' cmd/record_fields.c)"
	section=$(sed -n '/^\.Ss An object for/,/^\.Ss The object at/p' man/ovl-cp-report.5)
	while read -r key kind; do
		required=$(grep -cE "^ +\"$key\",?$" docs/report.schema.json)
		assert_equal "$key: $required" "$key: $([ "$kind" = BYTES ] && echo 2 || echo 1)"
		grep -q "^\.It Li.*\b$key\b" <<<"$section" || fail "not in the manual: $key"
	done <<<"$fields"
}

# documents VARIABLE: the documents that Makefile.am installs by this list.
documents() {
	sed -n "/^$1 = /,/[^\\]\$/p" Makefile.am | grep -oE '[A-Za-z0-9_./-]+\.(md|json|csv|svg)|NEWS'
}

@test "what is installed for people to read links to nothing else" {
	installed=$(for list in doc docs measured plots; do documents dist_${list}_DATA || exit; done)
	links=0
	while read -r document; do
		while read -r link; do
			links=$((links + 1))
			path=$(realpath -ms --relative-to=. "$(dirname "$document")/${link%%#*}")
			grep -qxF "$path" <<<"$installed" || fail "$document has a link to $link"
		done < <(grep -oP '\]\(\K[^)#][^)]*' "$document" | grep -v '^https\?:')
	done < <(grep '\.md$' <<<"$installed")
	[ "$links" -gt 20 ]
}

@test "the completions offer the options of options.def and no others" {
	complete_words - | tr -d = | agrees
	completions_agree ovl-cp
}

@test "the manual knows the words that an option takes" {
	for option in reflink copy-up preserve no-preserve update sparse backup explain fallback fsync \
		progress remember report-format require share; do
		words=$("$OVL_CP" "--$option=?" a b 2>&1 | sed -n "s/'\(, '\)\?/\n/g; s/^  - //p" | grep .)
		item=$(sed -n "/^.It Fl -$option /,/^.It Fl/p" "$manual")
		for word in $words; do
			grep -q "Cm.*\b$word\b" <<<"$item" || fail "--$option=$word"
		done
	done
}

@test "bash completes what is begun, and lists of words" {
	bash -n completions/ovl-cp.bash
	assert_equal "$(complete_words --ref | xargs)" '--reflink --reflink='
	assert_equal "$(complete_words --copy-u | xargs)" '--copy-up= --copy-up-min= --copy-up-only'
	assert_equal "$(complete_words --reflink = a | xargs)" 'auto always'
	assert_equal "$(complete_words --preserve=mode,t)" --preserve=mode,timestamps
	assert_equal "$(complete_words --backup s)$(complete_words -bS -)" '' # a file; a suffix
	assert_equal "$(complete_words -- -)" ''
}

@test "docs/compatibility.md lists the options that cp lacks, and no others" {
	sed -n '/^## Only in ovl-cp/,$s/^| \(`[^|]*\) |.*/\1/p' <(sed 's/\\|/,/g' docs/compatibility.md) |
		grep -oE -- '--[a-z0-9-]+|`-j' | tr -d '`' | sort -u >"$BATS_TEST_TMPDIR/listed"
	sed -nE 's/^OVL_EXTRA\([A-Z0-9_]+, "([a-z0-9-]+)", .*/--\1/p' cmd/options.def | cat - <(echo -j) |
		sort | diff - "$BATS_TEST_TMPDIR/listed"
}
