#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# cmd/stat/options.def is the only list of options; help, manual and completions must agree with it.

load ../../fixtures/common

setup() {
	cd "$BATS_TEST_DIRNAME/../../.." || return # the root of the source
	options=$(sed -nE 's/^STAT_OPTION\([A-Z]+, "([a-z-]+)",.*/--\1/p' cmd/stat/options.def | sort)
	[ "$(grep -c '^STAT_OPTION(' cmd/stat/options.def)" = "$(wc -l <<<"$options")" ]
}

# agrees: asserts that standard input, a list of options in any order, equals that of options.def.
agrees() { diff <(echo "$options") <(sort -u) >&2 || fail 'not the options of options.def (<)'; }

# complete_words WORD...: prints what bash offers for the last WORD of the command line.
complete_words() {
	# shellcheck disable=SC2016 # expanded by that shell
	bash --norc -c '. completions/ovl-stat.bash
		COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)); _ovl_stat
		printf "%s\n" "${COMPREPLY[@]}"' bash ovl-stat "$@"
}

@test "--help lists the options of options.def and mentions no others" {
	"$OVL_STAT" --help | sed -nE 's/^  (--[a-z-]+) .*/\1/p' | agrees
	"$OVL_STAT" --help | grep -oE -- '--[a-z][a-z-]*' | agrees
}

@test "the manual explains the options of options.def and mentions no others" {
	sed -nE 's/^\.It Fl (-[a-z-]+)$/-\1/p' man/ovl-stat.1 | agrees
	grep -oE '\bFl -[a-z-]+' man/ovl-stat.1 | sed 's/Fl /-/' | agrees
}

@test "the manual has no fault that mandoc finds" {
	requires mandoc
	run mandoc -Tlint -W warning man/ovl-stat.1
	assert_success && refute_output
}

@test "the manual names the keys of the objects of --json" {
	keys=$(sed -nE 's/.*json_put[a-z_]*\(j, [a-z]+, "([a-z_]+)".*/\1/p; s/.*put_known\(j, [a-z]+, "([a-z_]+)".*/\1/p' \
		cmd/stat/info_json.c)
	[ "$(wc -l <<<"$keys")" -gt 20 ] || fail 'the keys were not found'
	section=$(sed -n '/^\.Sh JSON/,/^\.Sh WHAT CANNOT/p' man/ovl-stat.1)
	for key in $keys; do
		grep -qw -- "$key" <<<"$section" || fail "not in the manual: $key"
	done
}

@test "the completions offer the options of options.def and no others" {
	complete_words - | agrees
	sed -nE "s/^\t'(\([^)]*\))?(--[a-z-]+)\[.*/\2/p" completions/_ovl-stat | agrees
	sed -nE 's/.* -l ([a-z-]+) .*/--\1/p' completions/ovl-stat.fish | agrees
}

@test "bash completes what is begun, and files after --" {
	bash -n completions/ovl-stat.bash
	assert_equal "$(complete_words --ma | xargs)" '--map --matrix'
	assert_equal "$(complete_words -- --ma)$(complete_words fil)" ''
}
