#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# A question that fails is not answered by "no": not the same file, no links, no list, no more.
# shellcheck disable=SC2030,SC2031 # run sets its variables for this test alone

load ../../fixtures/common
load ../../fixtures/cp

setup() {
	requires strace root
	cd "$BATS_TEST_TMPDIR" || return
}

# each_stat ERROR COMMAND ARG...: runs ovl-cp with ARG..., failing its n-th look, once for each n;
# COMMAND checks after each.
each_stat() {
	local n error=$1 check=$2
	shift 2
	for ((n = 1; n < 60; n++)); do
		rm -rf w f h s
		echo precious >f
		ln f h
		ln -s f s
		status=0
		strace -f -qq -o trace -e trace=newfstatat \
			-e "inject=newfstatat:error=$error:when=$n" "$OVL_CP" "$@" || status=$?
		grep -q INJECTED trace || break
		"$check" "$n"
	done
	[ "$n" -gt 2 ] || fail "no look was made to fail"
}

keeps_source() {
	[ "$(<f)" = precious ] || fail "look $1: the source has $(stat -c %s f) bytes"
}

@test "a source is not emptied if a look at either name fails" {
	dynamic_only 'musl makes other system calls'
	for error in EIO ENOMEM ESTALE ENOENT; do
		for pair in "f f" "f h" "f s" "s f" "-p f h" "-f f h"; do
			# shellcheck disable=SC2086 # words
			each_stat $error keeps_source $pair
		done
	done
}

keeps_link() {
	[ "$status" -ne 0 ] || [ "$(stat -c %h w/a)" = 2 ] || fail "look $1: the link is lost"
}

@test "a hard link that is not kept because a look fails is an error" {
	mkdir t
	echo x >t/a
	ln t/a t/b
	for error in EIO ESTALE; do
		each_stat $error keeps_link -a -j1 t w
	done
}

@test "a directory to deduplicate in that cannot be looked at is told by its error" {
	dynamic_only 'musl makes other system calls'
	mkdir d
	echo x | tee f >d/f
	for ((n = 1; n < 20; n++)); do
		run strace -qq -o trace -P d -P "$PWD/d" -e trace=newfstatat \
			-e inject=newfstatat:error=EIO:when=$n "$OVL_CP" --dedupe f d
		grep -q INJECTED trace || break
		refute_output --partial 'not both regular files'
	done
	[ "$n" -gt 1 ] || fail "no look was made to fail"
}

@test "an access list that cannot be read is an error" {
	requires setfacl
	echo x >src
	setfacl -m u:7:rw src
	inject src fgetxattr:error=EIO -- -p src new
	assert_failure 1
	assert_output --partial "getting attributes of 'src'"
}

keeps_list() {
	[ "$status" -ne 0 ] || [ "$(stat -c %a w)" = 664 ] || fail "look $1: mode $(stat -c %a w)"
}

@test "an access list keeps its mask, or a look that fails is told" {
	requires setfacl
	dynamic_only 'musl makes other system calls'
	echo x >src
	setfacl -m u:7:rw src
	each_stat EIO keeps_list -a src w
}

@test "a leading directory whose source cannot be opened keeps its mode, and it is an error" {
	mkdir -p d/e out
	chmod 751 d
	echo x >d/e/f
	run strace -qq -o trace -P d/e -e trace=openat -e inject=openat:error=EMFILE \
		"$OVL_CP" --parents -p d/e/f out
	grep -q INJECTED trace
	assert_failure 1
	assert_equal "$(stat -c %a out/d out/d/e | tr '\n' ' ')" '751 755 '
}

merged_right() {
	[ "$(<outside)" = precious ] || fail "call $1: written outside"
	[ "$status" -ne 0 ] || [ "$(cat w/link w/t/real w/t/a w/t/b w/t/deep/f | tr '\n' ' ')" = 'new new x x f ' ] ||
		fail "call $1: exit status 0, but the tree is not complete: $(cat w/link w/t/* 2>&1)"
}

# merge_scene: what each call of the next test begins with.
merge_scene() {
	rm -rf w && mkdir -p w/t/deep
	echo old >w/t/real && ln -s t/real w/link && echo old >w/t/deep/f
	ln -sfn "$PWD/outside" w/t/out && echo precious >outside
}

@test "a tree is merged completely, or a call that fails is told" {
	local call n
	mkdir -p s/t/deep && echo new >s/link && echo x >s/t/a && ln s/t/a s/t/b && echo f >s/t/deep/f
	echo new >s/t/real
	for call in newfstatat openat readlinkat getdents64 linkat; do
		for ((n = 1; n < 200; n++)); do
			merge_scene
			status=0
			strace -f -qq -o trace -e "trace=$call" -e "inject=$call:error=EIO:when=$n" \
				"$OVL_CP" -R --preserve=links -j1 s/. w 2>/dev/null || status=$?
			grep -q INJECTED trace || break
			merged_right "$call $n"
		done
		[ "$n" -gt 1 ] || fail "no $call was made to fail"
	done
}
