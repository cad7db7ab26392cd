#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# How the command line is parsed.

load ../../fixtures/common

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	echo source >src
	echo other >other
	mkdir dir
}

# how: prints how the last copy was made, according to --debug.
how() {
	grep -o 'copied by read and write\|cloned\|copied by copy_file_range\|forbids sharing' \
		<<<"$output" | tr '\n' ' '
}

never='copied by read and write forbids sharing '

@test "a long option may be shortened while it is the only one" {
	for option in --ref=never --refl=n --reflink=nev --reflink=never; do
		ovl_cp --deb "$option" src new
		assert_success
		assert_equal "$(how)" "$never"
	done
	ovl_cp --no-c src other
	assert_success
	assert_equal "$(<other)" other
	ovl_cp --tar dir src
	assert_success
	cmp src dir/src
}

@test "an exact name is not ambiguous with a longer one" {
	ovl_cp --copy-up=never --copy-up-min=1 --dests0-from=/dev/null --fan-out src new
	assert_success
	ovl_cp --dests-from=/dev/null --fan-out src new
	assert_success
}

@test "short options may be clustered" {
	ovl_cp -vfT src new
	assert_success
	assert_output "'src' -> 'new'"
	ovl_cp -vfT src dir
	assert_failure 1
}

@test "a cluster may end with a letter that takes a value, and the value" {
	ovl_cp -vtdir src
	assert_output "'src' -> 'dir/src'"
	ovl_cp -vt dir other
	assert_output "'other' -> 'dir/other'"
}

@test "the directory is taken from -tDIR, -t DIR and every form of the long option" {
	for form in -tdir '-t dir' --target-directory=dir '--target-directory dir' --t=dir; do
		rm -f dir/src
		# shellcheck disable=SC2086 # one or two words
		ovl_cp $form src
		assert_success
		cmp src dir/src
	done
}

@test "a value may be empty, or look like an option or an operand" {
	mkdir ./-v
	ovl_cp -t -v src
	assert_success
	cmp src ./-v/src
	ovl_cp --target-directory -v other
	assert_success
	assert_output ''
	ovl_cp --target-directory= src
	assert_failure 1
	assert_output "ovl-cp: target directory '': No such file or directory"
}

@test "values are taken as they are" {
	# shellcheck disable=SC1003,SC2016 # meant as it is
	for name in 'a!#:+b' '!#:+' ' ' "it's" '"' '%s' '$x' '\' 'a=b' '=' $'a\nb' 0 -1; do
		mkdir "./$name"
		ovl_cp -t "$name" src
		assert_success
		ovl_cp "--target-directory=$name" other
		assert_success
		ovl_cp "-t$name" dir/../src
		assert_success
		cmp src "./$name/src"
		cmp other "./$name/other"
	done
}

@test "an option whose value is optional takes it only after =" {
	ovl_cp --debug --reflink /proc/version new
	assert_failure 1
	assert_output --partial "failed to clone 'new' from '/proc/version'"
	ovl_cp --preserve src never
	assert_success
	cmp src never
}

@test "the last --reflink wins" {
	ovl_cp --debug --reflink --reflink=auto --reflink=never src new
	assert_success
	assert_equal "$(how)" "$never"
	ovl_cp --debug --reflink=never --reflink=auto src new
	assert_success
	[ "$(how)" != "$never" ]
}

@test "options are heeded after operands too" {
	ovl_cp src new -v
	assert_output "'src' -> 'new'"
	ovl_cp src -v other --target-directory dir
	assert_output "'src' -> 'dir/src'
'other' -> 'dir/other'"
}

@test "POSIXLY_CORRECT ends the options at the first operand" {
	export POSIXLY_CORRECT=1
	ovl_cp -v src new
	assert_output "'src' -> 'new'"
	ovl_cp src other -v
	assert_failure 1
	assert_output "ovl-cp: target '-v': No such file or directory"
}

@test "-- ends the options and is not an operand, but the next one is" {
	ovl_cp -v -- src -n
	assert_output "'src' -> '-n'"
	ovl_cp src -- -n -v
	assert_failure 1
	ovl_cp -- src -- other dir
	assert_failure 1
	assert_output "ovl-cp: cannot stat '--': No such file or directory"
}

@test "- is an operand" {
	ovl_cp -v src -
	assert_success
	cmp src ./-
}

@test "popt's files of aliases are not read" {
	mkdir -p home/.config/popt
	for program in ovl-cp cp; do
		echo "$program alias -v --reflink=always --no-such-option"
		echo "$program alias --sparse -v"
		echo "$program exec --fan-out /bin/false"
	done | tee home/.popt >home/.config/popt/ovl-cp
	HOME=$PWD/home XDG_CONFIG_HOME=$PWD/home/.config ovl_cp -v /proc/version new
	assert_success
	assert_output "'/proc/version' -> 'new'"
	HOME=$PWD/home ovl_cp --sparse src new
	assert_failure 1
	HOME=$PWD/home ovl_cp --fan-out src a b
	assert_success
}

@test "the program's own name changes nothing but its messages" {
	ln -s "$OVL_CP" cp
	run ./cp --frob
	assert_failure 1
	assert_line --index 0 "cp: unrecognized option '--frob'"
	run bash -c "exec -a '' \"\$OVL_CP\" -v src new"
	assert_success
}

@test "--copy-up-min takes bytes with and without units" {
	for size in 0 1 4096 1K 1k 1KiB 1kB 64M 1G 1T 1P 15E 18446744073709551615; do
		ovl_cp "--copy-up-min=$size" src new
		assert_success
	done
}

@test "--help and --version need nothing else and win over what follows" {
	ovl_cp --version none also-none
	assert_success
	assert_line --index 0 --regexp '^ovl-cp [0-9]'
	ovl_cp --help -t a -t b
	assert_success
	assert_line --index 0 'Usage: ovl-cp [OPTION]... [-T] SOURCE DEST'
}

@test "--help is given before a mistake that follows it is found, as in cp" {
	ovl_cp --help --frob
	assert_success
	ovl_cp --version --reflink=bad
	assert_success
}
