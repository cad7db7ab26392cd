#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The attributes of a copy, asserted without cp.

load ../../fixtures/common
load ../../fixtures/cp

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	file_make src 5000
	chmod 751 src
}

stat_is() {
	assert_equal "$(stat -c "$2" "$1")" "$3"
}

@test "without -p the times are those of the copying" {
	touch before
	ovl_cp src new
	assert_success
	[ ! new -ot before ]
}

@test "without -p an existing file keeps owner and mode" {
	requires root
	echo old >dst
	chown 3:4 dst
	chmod 604 dst
	ovl_cp src dst
	stat_is dst %u:%g:%a 3:4:604
}

@test "-p keeps times to the nanosecond" {
	touch -a -d '1999-12-31 23:59:59.987654321' src
	ovl_cp -p src new
	assert_success
	stat_is new '%.9X %.9Y' '946684799.987654321 981173106.123456789'
}

@test "-p keeps times before 1970 and after 2038" {
	requires overlay
	fs_make tmpfs "$BATS_TEST_TMPDIR/mnt" # not every filesystem can store such times
	for when in '1931-01-01 00:00:00.5' '2222-02-22 22:22:22.222222222'; do
		touch -d "$when" mnt/src
		was=$(stat -c '%.9X %.9Y' mnt/src)
		ovl_cp -p mnt/src mnt/new
		assert_success
		stat_is mnt/new '%.9X %.9Y' "$was"
	done
}

@test "-p does not change the source" {
	was=$(state_of src)
	ovl_cp -p src new
	assert_equal "$(state_of src)" "$was"
}

@test "--preserve alone means mode, ownership and timestamps" {
	requires root
	chown 3:4 src
	chmod 4751 src
	ovl_cp --preserve src new
	assert_success
	stat_is new '%u:%g %a %.9Y' '3:4 4751 981173106.123456789'
}

@test "--preserve is the union of all that were given" {
	requires root
	chown 3:4 src
	ovl_cp --preserve=timestamps --preserve=ownership src new
	stat_is new '%u:%g %a %.9Y' '3:4 751 981173106.123456789'
}

@test "--preserve=mode keeps set-id bits only of a file that root copies with its owner" {
	requires root
	chown 3:4 src
	chmod 6755 src
	ovl_cp -p src new
	stat_is new %u:%g:%a 3:4:6755
}

@test "a copy of another owner's file by an ordinary user has no set-id bits, and success" {
	requires root
	chmod 7755 src
	chmod 777 .
	run as_user "$OVL_CP" -p src new
	assert_success
	assert_output ''
	stat_is new '%u:%g %a %.9Y' '65534:65534 755 981173106.123456789'
}

@test "a file that will belong to another user is not accessible to others before" {
	requires root strace
	chown 3:4 src
	chmod 6777 src
	strace -o trace -e trace=openat,fchmod,fchown "$OVL_CP" -p src new
	grep -q 'O_EXCL.* 0700) ' trace
	# the owner before the mode: chown would clear the set-ID bits
	assert_equal "$(grep -o '^fch[a-z]*' trace | tr '\n' ' ')" 'fchown fchmod '
}

@test "-p is applied to every destination of a fan-out" {
	requires root
	chown 3:4 src
	chmod 4750 src
	ovl_cp --fan-out -p src a b c
	assert_success
	for file in a b c; do
		stat_is $file '%u:%g %a %.9Y' '3:4 4750 981173106.123456789'
	done
}

@test "-p from a FIFO keeps the mode" {
	mkfifo -m 640 fifo
	feed src fifo
	ovl_cp -p fifo new
	assert_success
	stat_is new %F:%a 'regular file:640'
}

@test "-p to a device does not fail" {
	requires root
	mknod null c 1 3
	chmod 666 null
	ovl_cp -p src null
	assert_success
}

@test "--preserve=mode takes set-id bits from an existing file that the source has not" {
	echo old >dst
	chmod 6755 dst
	ovl_cp --preserve=mode src dst # cp 9.1 leaves them
	stat_is dst %a 751
}
