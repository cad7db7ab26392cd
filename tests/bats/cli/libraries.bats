#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The libraries of the commands: those that they are linked with, and those that they load.

load ../../fixtures/common

setup() {
	requires readelf
	cd "$BATS_TEST_TMPDIR" || return
	top=${srcdir:-$BATS_TEST_DIRNAME/../../..}
}

# needed PROGRAM: prints what the program is linked with, one a line.
needed() {
	readelf -dW "$1" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p'
}

@test "the commands are linked with libc and popt alone, and find them where all others are found" {
	for program in "$OVL_CP" "${OVL_STAT:?}"; do
		run needed "$program"
		assert_line --partial libc.
		refute_line --regexp '^lib([^cp]|c[^.]|popt[^.]|p[^o])'
		run readelf -dW "$program"
		refute_output --regexp 'RPATH|RUNPATH'
	done
}

@test "what they load is named in the section .note.dlopen" {
	run readelf -p .note.dlopen "$OVL_CP"
	assert_success
	# libselinux is not loaded where configure did not find it
	mapfile -t libraries < <(sed -n 's/^#define LIB[A-Z]*[[:space:]]*"\(.*\)"$/\1/p' \
		"$top"/lib/*/*.c "$top"/cmd/*.c | grep -v libselinux | sort -u)
	[ ${#libraries[@]} -ge 5 ]
	for library in "${libraries[@]}"; do
		assert_output --partial "\"soname\":[\"$library\"]}]"
	done
	readelf -nW "$OVL_CP" | grep -o 'FDO  *0x[0-9a-f]*[^(]*(0x407c0c0a)' >notes
	[ "$(wc -l <notes)" -ge ${#libraries[@]} ]
}

@test "without libacl a list is an error that says what to install, and the file is there" {
	requires root setfacl ldconfig
	library=$(ldconfig -p | sed -n 's/.*libacl\.so\.1 .* => //p' | head -n 1)
	[ -n "$library" ] || cannot_run 'libacl cannot be found'
	echo text >src
	setfacl -m u:65534:r src || cannot_run 'no access control lists here'
	mount --bind /dev/null "$library"
	run "$OVL_CP" -p src new
	umount "$library"
	assert_failure 1
	assert_output --partial "preserving permissions for 'new': access control lists need libacl.so.1"
	assert_output --partial 'which cannot be loaded; install libacl1 (Debian'
	assert_equal "$(cat new)" text
}

@test "without libmount --explain and ovl-stat say what to install, and a copy says nothing" {
	requires root ldconfig
	library=$(ldconfig -p | sed -n 's/.*libmount\.so\.1 .* => //p' | head -n 1)
	[ -n "$library" ] || cannot_run 'libmount cannot be found'
	echo text >src
	# mount(8) needs it, too, so it stays hidden until this namespace ends
	# shellcheck disable=SC2016 # for the other shell
	without='mount --bind /dev/null "$0" && exec "$@"'
	run unshare --mount sh -c "$without" "$library" "$OVL_CP" --explain src new
	assert_success
	assert_line --partial 'needs libmount.so.1, which cannot be loaded; install libmount1 (Debian'
	run unshare --mount sh -c "$without" "$library" "$OVL_STAT" src
	assert_success
	assert_line --partial 'ovl-stat: warning: mounts and their filesystems cannot be named: that needs'
	run unshare --mount sh -c "$without" "$library" "$OVL_CP" -a src new
	assert_success
	assert_output ''
	run "$OVL_CP" --explain src new
	refute_output --partial libmount
}
