#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# cmd/stat/options.def is the only list of options; help, manual and completions must agree with it.

load ../../fixtures/common
load ../../fixtures/docs

setup() {
	cd "$BATS_TEST_DIRNAME/../../.." || return # the root of the source
	options=$(sed -nE "s/^STAT_OPTION\([A-Z]+, \"([a-z-]+)\", (0|'(.)').*/--\1\n-\3/p" \
		cmd/stat/options.def | grep -vx -e - | sort)
	[ "$(grep -c '^STAT_OPTION(' cmd/stat/options.def)" = "$(grep -c '^--' <<<"$options")" ]
}

# complete_words WORD...: prints what bash offers for the last WORD of the command line.
complete_words() {
	# shellcheck disable=SC2016 # expanded by that shell
	bash --norc -c '. completions/ovl-stat.bash
		compopt() { :; } # exists only while readline completes
		COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)); _ovl_stat
		printf "%s\n" "${COMPREPLY[@]}"' bash ovl-stat "$@"
}

@test "--help lists the options of options.def and mentions no others" { help_agrees "$OVL_STAT"; }

@test "the manual explains the options of options.def and mentions no others" {
	manual_agrees man/ovl-stat.1
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
	completions_agree ovl-stat
}

@test "bash completes what is begun, and files after --" {
	bash -n completions/ovl-stat.bash
	assert_equal "$(complete_words --ma | xargs)" '--map --matrix'
	assert_equal "$(complete_words -- --ma)$(complete_words fil)" ''
}
