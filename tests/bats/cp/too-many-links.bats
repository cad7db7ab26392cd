#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# A file can have no more hard links (EMLINK; 65000 on ext4), or none in that place.

load ../../fixtures/common
load ../../fixtures/cp
load ../../fixtures/quirkfs

setup() {
	requires strace
	cd "$BATS_TEST_TMPDIR" || return
	mkdir src to
	echo data >src/1
	for i in {2..6}; do ln src/1 "src/$i"; done
}

# groups DIR: prints the number of names of each file in DIR.
groups() { stat -c %i "$1"/? | sort | uniq -c | awk '{ print $1 }' | sort | tr '\n' ' '; }

# limited ARG...: runs the program; the third link that it makes is one too many.
limited() {
	run strace -qq -o trace -e trace=linkat -e inject=linkat:error=EMLINK:when=3 "$OVL_CP" "$@"
	grep -q INJECTED trace
}

@test "links that are preserved become links of a second copy, and it is an error" {
	limited -a -j1 src new
	assert_failure 1
	assert_output --regexp "^ovl-cp: cannot create hard link 'new/.' to 'new/.': Too many links\$"
	assert_equal "$(groups new)" '3 3 '
	assert_equal "$(cat new/?)" "$(cat src/?)"
	limited -dp src/? to
	assert_failure 1
	assert_equal "$(groups to)" '3 3 '
	assert_equal "$(stat -c %Y to/?)" "$(stat -c %Y src/?)"
	limited -a --backup src/? to
	assert_failure 1
	assert_equal "$(groups to)" '2 4 '
	assert_equal "$(cat to/?~)" "$(cat src/?)"
}

@test "links that are preserved become copies on another mount, and it is an error" {
	requires root overlay
	mkdir -p src/sub to/sub elsewhere
	mv src/{4,5,6} src/sub
	mount --bind elsewhere to/sub
	ovl_cp -aT src to
	umount to/sub
	assert_failure 1
	assert_output --regexp "^ovl-cp: cannot create hard link 'to/[^']*' to 'to/[^']*': Invalid cross-device link\$"
	diff -r src/sub elsewhere
	assert_equal "$(groups to) $(groups elsewhere)" '3  3 '
}

@test "links that are preserved become copies where there are no hard links, and it is an error" {
	requires fusepy
	quirkfs_mount back mnt link=EPERM
	ovl_cp -a src mnt/
	umount mnt
	assert_failure 1
	assert_equal "${#lines[@]}" 5
	diff -r src back/src
}

@test "-l asks for links, so it makes no copy, as cp" {
	limited -l src/? to
	assert_failure 1
	assert_output "ovl-cp: cannot create hard link 'to/3' to 'src/3': Too many links"
	assert_equal "$(cd to && echo ?)" '1 2 4 5 6'
}
