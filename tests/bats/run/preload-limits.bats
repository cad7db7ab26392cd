#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --method=preload: who is not helped, and the library as a file.
# shellcheck disable=SC2016,SC2034,SC2154 # other shells expand; variables of the fixture
# needs: images

load ../../fixtures/preload

setup_file() { preload_file; }

# for_users MODE: the stack, with X of MODE, where all users may create files.
for_users() {
	file_make "$low/X" "$SIZE"
	chmod "$1" "$low/X"
	preload_stack
	chmod 777 .
	chmod 755 "$BATS_FILE_TMPDIR" "$BATS_TEST_TMPDIR"
	cp "$preloaded" "$BATS_TEST_TMPDIR/preloaded"
	preloaded=$BATS_TEST_TMPDIR/preloaded
	as_who=as_user
}

@test "a user who may write the source is helped" {
	requires root setpriv
	for_users 666
	preload "$preloaded" plain X ""
	assert_one_copy 1
}

@test "a user who may not write the source gets EXDEV" {
	requires root setpriv
	for_users 644
	preload "$preloaded" refused X ""
	assert_success
	assert_not_copied_up X
}

@test "a set-user-ID program gets EXDEV" {
	requires root
	for_users 666
	chmod 4755 "$preloaded"
	preload sh -c '"$1" refused X ""' sh "$preloaded"
	assert_success
	chown 65534 "$preloaded"
	chmod 4755 "$preloaded"
	as_who=
	preload sh -c '"$1" refused X r' sh "$preloaded"
	assert_success
	assert_not_copied_up X
}

@test "so it does if the library is set-user-ID itself, and in a directory of the system" {
	requires root unshare
	for_users 666
	chown 65534 "$preloaded"
	chmod 4755 "$preloaded"
	dir=$(ldd "$preloaded" | awk '$1 == "libc.so.6" { print $3 }')
	dir=$(dirname "$(realpath "$dir")")
	mkdir "$BATS_TEST_TMPDIR/libs"
	mount -t tmpfs none "$BATS_TEST_TMPDIR/libs"
	mkdir "$BATS_TEST_TMPDIR/libs/"{upper,work}
	install -m 4755 "$OVL_RUN_PRELOAD" "$BATS_TEST_TMPDIR/libs/upper/libovlcp-preload.so"
	run unshare -m sh -c 'mount -t overlay -o "lowerdir=$1,upperdir=$2/upper,workdir=$2/work" overlay "$1" &&
		LD_PRELOAD=libovlcp-preload.so "$3" loaded-refused X ""' sh "$dir" \
		"$BATS_TEST_TMPDIR/libs" "$preloaded"
	echo "$output"
	assert_success
	assert_not_copied_up X
}

@test "with a variable that has no valid value nothing is helped" {
	preload_stack
	OVL_CP_COPY_UP=perhaps LD_PRELOAD=$OVL_RUN_PRELOAD run "$preloaded" refused X 1
	assert_success
	OVL_CP_COPY_UP_MIN=some LD_PRELOAD=$OVL_RUN_PRELOAD run "$preloaded" refused X 2
	assert_success
	assert_not_copied_up X
}

@test "where the upper filesystem cannot clone nothing is copied up" {
	fs_make xfs0 "$BATS_TEST_TMPDIR/xfs0"
	up=$BATS_TEST_TMPDIR/xfs0
	preload_stack
	preload sh -c 'cp X 1 && cp X 2'
	assert_no_help 1 2
}

@test "the library shows four symbols, and needs libc only" {
	requires nm readelf
	run nm -D --defined-only --format=posix "$OVL_RUN_PRELOAD"
	assert_equal "$(cut -d ' ' -f 1 <<<"$output" | xargs)" 'copy_file_range ioctl sendfile sendfile64'
	run readelf -d "$OVL_RUN_PRELOAD"
	assert_equal "$(grep NEEDED <<<"$output" | grep -vcE 'libc\.so|ld-linux|libc\.musl')" 0
}

@test "a report that has no reader keeps no program waiting" {
	preload_stack
	mkfifo ../report
	timeout 60 true <../report 3>&- & # ovl-run itself waits for it
	preload --report=../report timeout 60 cp X 1
	assert_one_copy 1
}

@test "a report that may not become longer ends no program" {
	preload_stack
	truncate -s 100M ../report
	run sh -c 'ulimit -f 20000; OVL_CP_REPORT=../report "$OVL_RUN" --method=preload cp X 1'
	assert_one_copy 1
	assert_equal "$(stat -c %s ../report)" $((100 << 20))
}
