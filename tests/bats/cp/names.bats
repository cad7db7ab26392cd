#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Names of any bytes and any length.
# shellcheck disable=SC2317 # scene is called by the fixture

load ../../fixtures/common
load ../../fixtures/cp

# every_byte: sets names to a list of names, one for each byte except NUL and "/".
every_byte() {
	local i
	names=()
	for ((i = 1; i < 256; i++)); do
		[ "$i" = 47 ] || names+=("x$(printf %b "\\x$(printf %x "$i")")y")
	done
	names[9]=$'x\ny' # explicit, because command substitution removes trailing newlines
}

@test "names with every byte are copied, and quoted as cp quotes them" {
	every_byte
	scene() {
		local name
		for name in "${names[@]}"; do echo "$name" >"$name"; done
		mkdir dir
	}
	assert_equal "${#names[@]}" 254
	same_as_cp -v "${names[@]}" dir
}

@test "names with every byte are quoted in messages as cp quotes them" {
	every_byte
	scene() { mkdir dir; }
	same_as_cp "${names[@]}" dir
}

@test "names are quoted by the locale's characters as cp quotes them" {
	locale -a | grep -qix 'C.utf-\?8' || skip 'no C.UTF-8'
	scene() { mkdir dir; }
	LC_ALL=C.UTF-8 same_as_cp "ä" "日本" $'\xe4' $'a\xe4b\tc' $'\u200b' "it's ä" "\$it's" \
		$'\x7f' dir
}

@test "single and double quotes and what else is special are quoted as cp quotes them" {
	scene() { mkdir dir; }
	# shellcheck disable=SC1003,SC2016 # meant as it is
	same_as_cp "'" '"' "'\"" '\' "\\'" ' ' \
		'*' '~' '#' '!' "!'" '$' "\$'" '`' '=' '^' $'\n' \
		$'\n\n' $'a\n' $'\na' $'a\nb\nc' $'\'\n' "''" 'a b' dir
}

@test "a newline in a name cannot forge a message" {
	cd "$BATS_TEST_TMPDIR"
	ovl_cp $'x\novl-cp: all is well' new
	assert_failure 1
	assert_equal "${#lines[@]}" 1
	assert_output "ovl-cp: cannot stat 'x'\$'\\n''ovl-cp: all is well': No such file or directory"
}

@test "names that look like options are copied after --" {
	scene() {
		echo a >-v
		echo b >--help
		mkdir dir ./-t
	}
	same_as_cp -- -v --help dir
	rm -r "$BATS_TEST_TMPDIR"/{cp,ovl}
	same_as_cp -v -- --help -t
}

@test "names that look like values for popt are copied" {
	scene() {
		echo a >'a!#:+b'
		echo b >'!#:+'
		echo c >'%d'
		mkdir 'x!#:+y'
	}
	same_as_cp -v -t 'x!#:+y' 'a!#:+b' '!#:+' '%d'
}

# A path of 4000 bytes; PATH_MAX is 4096 with the NUL.
deep=$(printf '%.0sabcdefghi/' {1..398})abcdefghijklmnopqrst

@test "paths of 4000 bytes are copied" {
	scene() {
		mkdir -p "${deep%/*}" dir
		echo deep >"$deep"
		echo flat >flat
	}
	assert_equal "${#deep}" 4000
	same_as_cp "$deep" dir
	rm -rf "$BATS_TEST_TMPDIR"/{cp,ovl}
	same_as_cp flat "$deep"
}

@test "a path that is too long is refused" {
	scene() { echo a >a; }
	same_but_words a "$deep/$deep"
}

@test "a name of 255 bytes is copied, one of 256 refused" {
	name=$(printf '%0255d' 0)
	scene() { echo a >a; }
	same_as_cp a "$name"
	rm -r "$BATS_TEST_TMPDIR"/{cp,ovl}
	same_but_words a "${name}0"
	assert_equal "$(<"$BATS_TEST_TMPDIR/ovl.status")" 1
}
