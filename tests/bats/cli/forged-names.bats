#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Names of files come from others. None can forge a message, or a line of what is said: each message
# is one line of printable ASCII, from which bash gets the name back.

load ../../fixtures/common

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	export LC_ALL=C
	names=(
		$'a\nremoved \'b\''                 # a line of its own
		$'a\rovl-cp: done'                  # from the beginning of the line
		$'a\033[2K\033]0;title\007'         # commands for a terminal
		"a' -> 'b"                          # quotes
		$'a\\n\t"$(id)`'                    # what a shell would expand
		$'a\377\300\257\355\240\200'        # no UTF-8
		$'a\342\200\256txt\302\205\302\233' # from right to left, and controls of ISO 6429
	)
	mkdir src
	for name in "${names[@]}"; do echo x >"src/$name"; done
}

# one_line_each COUNT: standard input has that many lines, of printable ASCII.
one_line_each() {
	cat >said
	cat -A said
	assert_equal "$(wc -l <said)" "$1"
	run ! grep -P '[^\x20-\x7e]' said
}

# names_of_said: the name of the source in each line of said, as bash understands it.
names_of_said() {
	local line word
	while read -r line; do
		eval "word=$line"
		printf '%s\0' "$word"
	done < <(sed "s| -> 'dst/.*||" said)
}

@test "-v names each file on a line of its own, and the name comes back" {
	"$OVL_CP" -rv -j1 src/. dst | tail -n +2 | one_line_each ${#names[@]}
	names_of_said | sort -z >found
	printf 'src/./%s\0' "${names[@]}" | sort -z | cmp - found
}

@test "an error is one line for each file, whatever its name" {
	mkdir dst
	for name in "${names[@]}"; do mkdir "dst/$name"; done
	"$OVL_CP" -r src/. dst 2>&1 | one_line_each ${#names[@]}
	for name in "${names[@]}"; do "$OVL_CP" "$name" new 2>&1 || true; done |
		one_line_each ${#names[@]}
}

@test "--explain and --debug have lines of printable characters only" {
	# lines of reasons, which are indented, may name a file as well
	"$OVL_CP" -r -j1 --debug src/. dst | grep -c "^'.* -> " >count
	assert_equal "$(<count)" $((${#names[@]} + 1))
	"$OVL_CP" -r --debug src/. dst2 >said
	"$OVL_CP" -r --explain src/. dst3 >>said
	run ! grep -P '[^\x20-\x7e]' said
}

@test "wrong options and words are quoted like names" {
	for name in "${names[@]}"; do "$OVL_CP" "--$name" 2>&1 || true; done |
		grep -v -- '--help' | one_line_each ${#names[@]}
	for name in "${names[@]}"; do "$OVL_CP" "--sparse=$name" src new 2>&1 || true; done >said
	run ! grep -P '[^\x20-\x7e]' said
}

@test "so has each directory that --parents makes" {
	for name in "${names[@]}"; do mkdir -p "in/$name/d" && echo x >"in/$name/d/f"; done
	mkdir dst
	"$OVL_CP" -v --parents in/*/d/f dst | one_line_each $((1 + 3 * ${#names[@]}))
	mkdir -p 'a b/c' && echo x >'a b/c/f'
	"$OVL_CP" -v --parents 'a b/c/f' dst >said
	assert_equal "$(head -n 2 said)" 'a b -> dst/a b
a b/c -> dst/a b/c'
}
