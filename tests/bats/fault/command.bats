#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# A question of the command that fails is not answered by "no": no directory, another file.
# shellcheck disable=SC2030,SC2031 # run sets its variables for this test alone

load ../../fixtures/common

setup() {
	requires strace root
	cd "$BATS_TEST_TMPDIR" || return
	echo precious >f
}

# each_failure CALL ERROR CHECK ARG...: runs ovl-cp with ARG..., failing its n-th CALL, once for each
# n; CHECK checks after each. The function "scene" makes the files before each.
each_failure() {
	local n call=$1 error=$2 check=$3
	shift 3
	for ((n = 1; n < 60; n++)); do
		scene
		status=0
		strace -f -qq -o trace -e trace="$call" -e "inject=$call:error=$error:when=$n" \
			"$OVL_CP" "$@" 2>err || status=$?
		grep -q INJECTED trace || break
		"$check" "$n"
	done
	[ "$n" -gt 1 ] || fail "no $call was made to fail"
}

@test "a directory that cannot be looked at is not taken for another destination" {
	dynamic_only 'musl makes other system calls'
	scene() {
		rm -rf dst && mkdir dst && chmod 755 dst
	}
	is_in_directory() {
		[ "$status" != 0 ] || [ -d dst/t ] || fail "call $1: $(ls dst)"
		[ "$(stat -c %a dst)" = 755 ] || fail "call $1: the mode of the directory"
	}
	mkdir -m 700 t && echo x >t/f
	for error in EIO EMFILE ESTALE EACCES; do
		each_failure openat $error is_in_directory -a -j1 t dst
	done
	each_failure newfstatat EIO is_in_directory -a -j1 t dst
	run strace --quiet=all -o trace -P dst -e inject=openat:error=EIO:when=1 "$OVL_CP" -a t dst
	assert_output "ovl-cp: cannot stat 'dst': Input/output error"
}

@test "a report does not empty a source if a look at it fails" {
	dynamic_only 'musl makes other system calls'
	scene() {
		rm -f copy && echo precious >f
	}
	is_kept() { [ "$(<f)" = precious ] || fail "look $1: $(head -c 30 f)"; }
	ln f h
	for error in EIO ENOMEM ESTALE EACCES; do
		each_failure newfstatat $error is_kept --report=f --report-format=text f copy
		each_failure newfstatat $error is_kept --report=f --report-format=text h copy
	done
	run strace --quiet=all -o trace -P f -e inject=newfstatat:error=EIO:when=2 \
		"$OVL_CP" --report=f --report-format=text f copy
	assert_output --partial "cannot write the report: it may be a file that the copy itself uses"
}

@test "a report ends if it cannot be told whether the copy overwrites it" {
	dynamic_only 'musl makes other system calls'
	local n seen=0
	mkdir t && echo x >t/f
	for n in 1 2 3 4; do
		rm -rf w r
		mkdir w
		run strace --quiet=all -o trace -P w/f -P "$PWD/w/f" \
			-e inject=newfstatat:error=EIO:when=$n \
			"$OVL_CP" -rT --report=r --report-format=text t w
		grep -q 'AT_FDCWD, "w/f".*INJECTED' trace || continue
		seen=1
		assert_failure 1
		assert_output --partial 'it is unknown whether it overwrites the report'
		cmp t/f w/f
	done
	[ "$seen" = 1 ]
}
