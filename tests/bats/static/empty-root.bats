#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The static programs in a root directory without any library or file of a system: an image from
# scratch.
# needs: images

load ../../fixtures/common
load ../../fixtures/static

setup_file() {
	requires root loop overlay fs:ext4 reflink:xfs strace readelf setfacl || return 0
	static_root
}

setup() {
	static_setup
	lab=$BATS_FILE_TMPDIR
	cd "$lab/root" || return
}

@test "a hard-linked source of a lower layer is copied up and cloned" {
	in_root ovl-cp --debug --reflink=always link clone
	assert_success
	assert_output --partial 'cloned after a copy-up'
	shares_extents "$lab/up/upper/link" "$lab/up/upper/clone"
	in_root ovl-stat --map link clone
	assert_success
	assert_output --partial 'A+B share it'
}

@test "--explain works, and ovl-stat finds the mount" {
	in_root ovl-cp --explain file foreseen
	assert_success
	assert_not_exists foreseen
	in_root ovl-stat file
	assert_output --partial "mounted at '/', read-write"
}

@test "reports and descriptions are in JSON" {
	in_root ovl-cp --report=- file reported
	assert_success
	assert_output --partial '"status":"copied"'
	in_root ovl-stat --json file
	assert_success
	assert_output --partial '"filesystem":{"type":"overlay"'
}

@test "why standard output cannot be written is told, not the errno of a later call" {
	for option in -v --debug --explain; do # a clone of a file on the lower layer fails first
		run bash -c 'exec chroot . /ovl-cp "$@" >/dev/full' sh "$option" ovl-stat "full$option"
		assert_failure 1
		assert_output 'ovl-cp: write error: No space left on device'
	done
	for option in -- --json --map; do
		run bash -c 'exec chroot . /ovl-stat "$@" >/dev/full' sh "$option" file
		assert_failure 1
		assert_output 'ovl-stat: write error: No space left on device'
	done
}

@test "errors that musl has no text for have one" {
	for error in EUCLEAN ENOTUNIQ EHWPOISON; do
		strace -o "$BATS_TEST_TMPDIR/trace" -P "$PWD/file" -e trace=pread64,read,copy_file_range \
			-e inject=pread64,read,copy_file_range:error="$error" \
			chroot . /ovl-cp --reflink=never file "$error" 2>"$BATS_TEST_TMPDIR/messages" &&
			fail "$error: exit status 0"
		assert_file_contains "$BATS_TEST_TMPDIR/trace" "$error.*INJECTED"
		cat "$BATS_TEST_TMPDIR/messages" >>"$BATS_TEST_TMPDIR/all"
	done
	run cat "$BATS_TEST_TMPDIR/all"
	assert_line "ovl-cp: error reading 'file': Structure needs cleaning"
	assert_line "ovl-cp: error reading 'file': Name not unique on network"
	assert_line "ovl-cp: error reading 'file': Memory page has hardware error"
}

@test "without /proc a file is copied as well" {
	umount proc
	in_root ovl-cp -a --debug file plain
	mount -t proc none proc
	assert_success
	cmp file plain
}

@test "ovl-run copies up for a program that does not" {
	in_root ovl-cp --copy-up=never --reflink=always below unhelped
	assert_failure
	in_root ovl-run --report=/report /ovl-cp --copy-up=never --reflink=always below helped
	assert_success
	assert_file_contains report '"bytes_copied_up":2097152'
	cmp below helped
	shares_extents "$lab/up/upper/below" "$lab/up/upper/helped"
}

@test "ovl-run says that it has no library to preload" {
	in_root ovl-run --check /ovl-cp
	assert_success
	assert_output --partial 'preload: not possible: a static ovl-run has no library'
}

@test "nothing is opened but the files named, and what the kernel shows" {
	setfacl -m u:65534:r file
	strace -f -o "$BATS_TEST_TMPDIR/trace" -e trace=execve,open,openat \
		chroot . /ovl-cp -a --debug --report=report file traced
	run sed '1,/execve("\/ovl-cp"/d' "$BATS_TEST_TMPDIR/trace"
	assert_output --partial '"traced"'
	refute_line --regexp '^[0-9]+ +open[^"]*"[^"]*(\.so|/lib|/usr)'
}
