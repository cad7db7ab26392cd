#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The command as a static program of glibc, which libraries are not linked to, as
# "make LDFLAGS=-all-static" makes it. dlopen would bring a second C library into it.

load ../../fixtures/common

setup_file() {
	requires root strace setfacl setfattr readelf compiler || return 0
	cd "${top_builddir:-$BATS_TEST_DIRNAME/../../..}" || return
	run_cc -static -o "$BATS_FILE_TMPDIR/ovl-cp" cmd/ovl_cp-*.o lib/base/ovl_cp-*.o \
		.libs/libovlcp-objects.a -lpopt 2>"$BATS_FILE_TMPDIR/link" ||
		echo 'no objects of the command here, or no static libc or popt' >"$BATS_FILE_TMPDIR/.skip"
}

setup() {
	lab_setup
	cd "$BATS_TEST_TMPDIR" || return
	OVL_CP=$BATS_FILE_TMPDIR/ovl-cp
	echo x >src
	ln src link
}

# loads_nothing ARG...: runs the program, which opens no shared library; sets status, output.
loads_nothing() {
	run strace -f -o trace -e trace=open,openat "$OVL_CP" "$@"
	run ! grep -E '\.so[".]|ld\.so' trace
	run cat trace
	assert_output --partial '"src"'
}

@test "is static" {
	"$BATS_TEST_DIRNAME/../../../build-aux/assert-static" "$OVL_CP"
}

@test "loads nothing for a hard-linked source, --debug and --explain" {
	loads_nothing --debug --copy-up=always src dst
	assert_output --partial 'exited with 0'
	loads_nothing --explain src dst
	assert_output --partial 'exited with 0'
}

@test "loads nothing for a user attribute, which is copied" {
	setfattr -n user.a -v b src
	loads_nothing -a src dst
	assert_output --partial 'exited with 0'
	run getfattr -n user.a dst
	assert_output --partial 'user.a="b"'
}

@test "an access control list is an error, and the rest of the file is there" {
	setfacl -m u:65534:r src
	loads_nothing -a src dst
	assert_output --partial 'exited with 1'
	cmp src dst
}
