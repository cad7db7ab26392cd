#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# options.def is the only list of options; help, manual and completions must agree with it.

load ../../fixtures/common

setup() {
	cd "$BATS_TEST_DIRNAME/../../.." || return # the root of the source
	manual=man/ovl-cp.1 fish=$(sed 's/\\t/ /g' completions/ovl-cp.fish) # \t is not a word
	# An option without names on its first line yields "-", which is in no other list.
	options=$(sed -nE "s/^OVL_(OPTION|EXTRA)\(//; T; s/[\"']//g; p" cmd/options.def |
		awk -F ', *' '{ print "--" $2; print "-" $3 }' | grep -vx -e -- -e -0 | sort)
}

# agrees: asserts that standard input, a list of options in any order, equals that of options.def.
agrees() { diff <(echo "$options") <(sort -u) >&2 || fail 'not the options of options.def (<)'; }

# flags: prints the options in lines of mdoc on standard input.
flags() {
	awk '{ for (i = 1; i <= NF; i++)
		if ($i ~ /^\.?[A-Z][a-z]$/) is = $i ~ /Fl/
		else if (is && $i ~ /^[-A-Za-z0-9]+$/) print "-" $i }'
}

# complete_words WORD...: prints what bash offers for the last WORD of the command line.
complete_words() {
	# shellcheck disable=SC2016 # expanded by that shell
	bash --norc -c '. completions/ovl-cp.bash
		compopt() { :; } # exists only while readline completes
		COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)); _ovl_cp
		printf "%s\n" "${COMPREPLY[@]}"' bash ovl-cp "$@"
}

@test "--help lists the options of options.def and mentions no others" {
	help=$("$OVL_CP" --help)
	sed -nE 's/^  +((-., )?--?[A-Za-z][a-z0-9-]*).*/\1/p' <<<"$help" | tr -s ', ' '\n' | agrees
	grep -oE '(^|[ (])--?[A-Za-z][a-z0-9-]*' <<<"$help" | tr -d ' (' | agrees
}

@test "the manual explains the options of options.def and mentions no others" {
	grep '^\.It Fl' "$manual" | flags | agrees
	grep '^\.' "$manual" | flags | agrees
}

@test "the manual has no fault that mandoc finds" {
	requires mandoc
	run mandoc -Tlint -W warning "$manual"
	assert_success && refute_output
}

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

@test "the completions offer the options of options.def and no others" {
	complete_words - | tr -d = | agrees
	sed -nE "s/^\t'(\([^)]*\))?([^[]*)\[.*/\2/p" completions/_ovl-cp |
		grep -oE -- '--?[A-Za-z][a-z0-9-]*' | agrees
	grep -oE ' -[sl] [A-Za-z0-9-]+' <<<"$fish" | sed 's/ -s /-/; s/ -l /--/' | agrees
}

@test "manual and completions know the words that an option takes" {
	for option in reflink copy-up preserve no-preserve update sparse backup explain fallback \
		progress require; do
		words=$("$OVL_CP" "--$option=?" a b 2>&1 | sed -n "s/'\(, '\)\?/\n/g; s/^  - //p" |
			grep . | sort)
		assert_equal "$(complete_words "--$option" = '' | sort)" "$words"
		item=$(sed -n "/^.It Fl -$option /,/^.It Fl/p" "$manual")
		for word in $words; do
			grep -q "Cm.*\b$word\b" <<<"$item" || fail "manual: --$option=$word"
			grep -q -- "--$option=.*\b$word\b" completions/_ovl-cp || fail "zsh: $word"
			grep -q -- "-l $option .*\b$word\b" <<<"$fish" || fail "fish: $word"
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
