#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Names of any bytes in trees.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

every_byte() {
	local i byte
	names=()
	for ((i = 1; i < 256; i++)); do
		printf -v byte '\\x%x' "$i"
		printf -v byte %b "$byte"
		[ "$i" = 47 ] || names+=("x${byte}y")
	done
	names[9]=$'x\ny'
	names+=('-v' '--' '-' '~' ' ' '...' '.hidden' '*' "'" '"' $'\\' $'\n' 'a~' 'a.~1~')
}

names_in_src() {
	local name
	mkdir src to src/links
	(cd src && mkdir -- "${names[@]}")
	for name in "${names[@]}"; do
		echo "$name" >"src/$name/$name"
	done
	ln -s -t src/links -- "${names[@]/#/../}"
}

scene() { names_in_src; }

@test "-R copies directories, files and links with every byte in their names" {
	every_byte
	same_as_cp -R src to
	assert_equal "$(find "$BATS_TEST_TMPDIR/ovl/to/src" -mindepth 1 -maxdepth 1 -printf .)" \
		"$(printf '%.0s.' "${names[@]}" links)"
}

@test "-bR makes backups with every byte in their names" {
	every_byte
	scene() { names_in_src && cp -R src to; }
	same_as_cp -bR src to
}

@test "-Rv quotes names as cp does" {
	for name in $'a\nb' "it's" 'a b' $'\xff' $'\t' '-v'; do
		rm -rf "$BATS_TEST_TMPDIR"/{cp,ovl}
		scene() { mkdir src && echo x >"src/$name"; }
		same_as_cp -Rv src new
	done
}

@test "--parents -v quotes names as cp does" {
	for name in $'a\nb' "it's" 'a b' $'\xff' $'\t'; do
		rm -rf "$BATS_TEST_TMPDIR"/{cp,ovl}
		scene() { mkdir -p "$name/x" to && echo x >"$name/x/$name"; }
		same_files_as_cp -v --parents "$name/x/$name" to # cp does not quote directories
	done
}

@test "names of 255 bytes in trees are copied" {
	name=$(printf '%0255d' 0)
	scene() { mkdir -p "src/$name/$name" && echo x >"src/$name/$name/$name"; }
	same_as_cp -R src new
}

@test "a thousand files in one directory are copied" {
	scene() { mkdir src && (cd src && touch {1..1000}); }
	same_as_cp -a src new
}
