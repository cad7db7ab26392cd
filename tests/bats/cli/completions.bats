#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# What TAB offers in bash, zsh and fish. (Their options are compared in the docs.bats of each.)

load ../../fixtures/common
load ../../fixtures/complete

setup() { complete_setup; }
cmd=$(realpath "${srcdir:-$BATS_TEST_DIRNAME/../../..}/cmd")

# all_offer WORDS LINE: asserts that each shell offers WORDS, and nothing else.
all_offer() {
	for shell in bash zsh fish; do
		assert_equal "$shell: $2: $(offers "$shell" "$2")" "$shell: $2: $1"
	done
}

@test "a value that only comes after = is not offered after a space, but operands are" {
	options=$(sed -nE 's/^OVL_[A-Z]+\([A-Z_]+, "([a-z-]+)", 0, OPTIONAL.*/\1/p' "$cmd/options.def")
	assert_equal "$(wc -w <<<"$options")" 9
	for option in $options; do
		all_offer 'dir dir2 file' "ovl-cp --$option "
	done
}

@test "the words that an option takes are offered, and each once" {
	for option in backup copy-up explain fallback fsync no-preserve preserve progress reflink \
		report-format require share sparse update; do
		words=$("$OVL_CP" "--$option=?" a b 2>&1 | sed -n "s/'\(, '\)\?/\n/g; s/^  - //p" |
			grep . | LC_ALL=C sort | paste -sd ' ')
		all_offer "$words" "ovl-cp --$option="
	done
	all_offer auto 'ovl-cp --jobs='
	all_offer 'always auto never' 'ovl-cp --copy-up '
	all_offer 'auto preload seccomp' 'ovl-run --method='
	all_offer 'always auto never' 'ovl-run --copy-up '
}

@test "a word that is in a list already is not offered again" {
	all_offer 'mode,all mode,context mode,links mode,ownership mode,timestamps mode,xattr' \
		'ovl-cp --preserve=mode,'
	all_offer 'mode,links,ownership' 'ovl-cp --no-preserve mode,links,o'
}

@test "no file is offered where an option takes words or a number" {
	: >zzz # a word that fish finds in no description
	for line in ovl-cp\ --{reflink,jobs,backup,preserve,copy-up-min,suffix,context}=zz \
		ovl-run\ --{method,copy-up,copy-up-min}=zz 'ovl-cp -j zz' 'ovl-cp -aS zz'; do
		all_offer '' "$line"
	done
}

@test "directories alone are offered where only they make sense" {
	for line in 'ovl-cp -t ' 'ovl-cp -at ' ovl-cp\ --target-directory{=,\ }{,d} \
		'ovl-cp --remember=d' 'ovl-cp --dedupe-within ' 'ovl-cp --dedupe-within dir -v ' \
		ovl-stat\ {'--matrix file','file --matrix','--matrix -- file'}\ {,d}; do
		all_offer 'dir dir2' "$line"
	done
	all_offer '' 'ovl-stat --matrix file dir '
}

@test "files are offered where any may be meant" {
	for line in ovl-cp\ --{report,dests-from,dests0-from}{=,\ } 'ovl-cp --dedupe-within --report=' \
		ovl-run\ --{report,agent,print-profile}= 'ovl-stat --matrix ' 'ovl-stat --map file ' 'ovl-cp -- '; do
		all_offer 'dir dir2 file' "$line"
	done
}

# met_by COLUMN: prints the options that go with a deduplication, by the table in option_rules.c.
met_by() {
	for id in HELP VERSION $(grep -oE '\[OPT_[A-Z0-9_]+\] = \{ (true|false), (true|false)' "$cmd/option_rules.c" |
		sed -E 's/\[OPT_(.*)\] = \{ (.*), (.*)/\1 \2 \3/' | awk -v n="$1" '$n == "true" { print $1 }'); do
		sed -nE "s/^OVL_[A-Z]+\($id, \"([a-z0-9-]+)\".*/--\1/p" "$cmd/options.def"
	done | grep -vx -- "$2" | LC_ALL=C sort | paste -sd ' '
}

@test "zsh leaves out what a deduplication cannot be combined with" {
	assert_equal "$(offers zsh 'ovl-cp --dedupe --')" "$(met_by 2 --dedupe)"
	assert_equal "$(offers zsh 'ovl-cp --dedupe-within --')" "$(met_by 3 --dedupe-within)"
}
