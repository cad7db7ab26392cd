#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The layout of --help, and what is said to an option that does not exist.

load ../../fixtures/common

setup() {
	cd "$BATS_TEST_TMPDIR" || return
}

@test "no line of --help is wider than 79 columns" {
	for program in "$OVL_CP" "$OVL_STAT" "$OVL_RUN"; do
		[ -x "$program" ] || continue # ovl-run may not be built
		"$program" --help >help
		[ "$(wc -l <help)" -gt 8 ]
		grep -q '^Manual: man ovl-' help
		run awk 'length > 79' help
		assert_output ''
	done
}

@test "two spaces at least stand before the text of an option, which begins in one column" {
	"$OVL_CP" --help >help
	run grep -E '^ {2,6}--?[A-Za-z]' help
	[ "${#lines[@]}" -gt 40 ]
	for line in "${lines[@]}"; do
		[[ $line =~ ^(\ {2}-[A-Za-z]|\ {6}--[a-z])[^\ ]*(,\ --[^\ ]*)?(\ {2,}[^\ ].*)?$ ]] ||
			fail "$line"
	done
	# whatever is indented by more than an option is a text
	run grep -E '^ {7}' help
	assert_output
	run grep -vE '^ {31}[^ ]' <<<"$output"
	assert_output ''
}

@test "options that cp lacks stand in groups of their own, before those of cp" {
	cp=$(cp --help | grep -oE '^ {2,6}(-., )?--[a-z-]+' | sed 's/.* --/--/')
	"$OVL_CP" --help | sed '/^Options of cp:/,$d' >ours
	"$OVL_CP" --help | sed '1,/^Options of cp:/d' >cps
	[ "$(grep -cE '^[A-Z][a-z ]+:$' ours)" -gt 4 ]
	run grep -oE '^ {2,6}(-., )?--[a-z-]+' ours
	[ "${#lines[@]}" -gt 15 ]
	for line in "${lines[@]}"; do
		! grep -qx -- "--${line#*--}" <<<"$cp" || fail "$line is an option of cp"
	done
	for option in $cp; do
		grep -qE -- "^ .*$option\b" cps || fail "$option"
	done
}

@test "a long option that does not exist is answered with a similar one" {
	for pair in recusive:recursive relfink:reflink no-clober:no-clobber explian:explain \
		Sparse=always:sparse; do
		ovl_cp "--${pair%:*}" a b
		assert_failure 1
		assert_line --index 0 --partial "unrecognized option '--${pair%:*}'; did you mean '--${pair#*:}'?"
	done
	for option in --frobnicate --xy --; do
		ovl_cp "${option}x" a b
		assert_line --index 0 "ovl-cp: unrecognized option '${option}x'"
	done
}

@test "the name of a long option behind one dash is answered with that option" {
	for name in reflink=auto help version explain recursive archive dry-run; do
		ovl_cp "-$name" a b
		assert_failure 1
		assert_line --index 0 --regexp "^ovl-cp: invalid option -- '.'; did you mean '--${name%=*}'\\?$"
	done
	# letters that happen to begin or resemble a name, and a cluster that is one as a whole
	for cluster in -vhelp -rec -archives -reflin; do
		ovl_cp "$cluster" a b
		assert_failure 1
		assert_line --index 0 --regexp "^ovl-cp: invalid option -- '.'$"
	done
	echo new >src
	ovl_cp -suffix "$PWD/src" link # -s -u, and -f -f -i -x
	assert_success
	assert_equal "$(readlink link)" "$PWD/src"
}
