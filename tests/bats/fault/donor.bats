#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# A donor that cannot be cloned from, or is no longer what it was.
# shellcheck disable=SC2030,SC2031,SC2154 # up belongs to the test
# needs: images

load ../../fixtures/common
load ../../fixtures/cp
load ../../fixtures/stopped
load ../../fixtures/quirkfs

setup_file() {
	requires loop reflink:xfs filefrag || return 0
	fs_make xfs "$BATS_FILE_TMPDIR/up"
}

setup() {
	lab_setup
	requires strace
	cd "$(mktemp -d -p "$BATS_FILE_TMPDIR/up")" || return
	src=$BATS_TEST_TMPDIR/src # on another filesystem
	file_make "$src" 1M
}

@test "a donor that is refused is followed by a copy, which is a donor as well" {
	for error in EXDEV EINVAL EOPNOTSUPP EPERM; do
		inject two "ioctl:error=$error:when=1" -- --fan-out "$src" one two three
		assert_success
		for copy in one two three; do cmp "$src" "$copy"; done
		refute shares_extents one two
		shares_extents one three || shares_extents two three
		rm one two three
	done
}

@test "a donor that cannot be read ends that copy, and the others are made" {
	inject two ioctl:error=EIO:when=1 -- --fan-out "$src" one two three
	assert_failure 1
	assert_output "ovl-cp: failed to clone 'two' from '$src': Input/output error"
	assert_not_exists two
	cmp "$src" one
	cmp "$src" three
}

@test "a donor that was written to in the meantime is not cloned from" {
	# The first one is changed when the second is complete, and the program waits to open gate.
	mkfifo gate
	"$OVL_CP" --fan-out "$src" one two gate three 3>&- &
	pid=$!
	until_true cmp -s "$src" two
	assert_not_exists three
	echo changed >>one
	cat gate >/dev/null
	wait "$pid"
	cmp "$src" two
	cmp "$src" three
}

@test "a donor that cannot be closed is an error of that destination" {
	inject one close:error=EIO -- --fan-out "$src" one two
	assert_failure 1
	assert_output "ovl-cp: failed to close 'one': Input/output error"
	cmp "$src" two
}

# tampered CALL SOURCE DEST...: a fan-out that is stopped after the first CALL, the one that writes the
# first destination; another user, who has it open, writes to it meanwhile.
tampered() {
	stopped "$1" when=1 --fan-out "${@:2}"
	printf EVIL | as_user dd of="$3" conv=notrunc status=none
	goes_on
}

# good_clones SOURCE FILE FILE: both files must be copies of SOURCE that share their data.
good_clones() {
	cmp "$1" "$2"
	cmp "$1" "$3"
	shares_extents "$2" "$3"
}

@test "what another user writes to one destination does not get into the others" {
	requires root
	chmod 755 "$BATS_FILE_TMPDIR" "$BATS_FILE_TMPDIR/up" "$PWD"
	# his own file; one that all may write to; one that becomes his when it is complete
	: >his && chown 65534 his
	tampered copy_file_range "$src" his two three
	good_clones "$src" two three
	: >open && chmod 666 open
	tampered copy_file_range "$src" open four five
	good_clones "$src" four five
	(
		umask 0
		chmod 666 "$src"
		tampered copy_file_range "$src" new six seven
	)
	good_clones "$src" six seven
}

@test "a stream that is read once is not read again from the file of another user" {
	requires root
	chmod 755 "$BATS_FILE_TMPDIR" "$BATS_FILE_TMPDIR/up" "$PWD"
	: >his && chown 65534 his
	tampered pwrite64 /dev/stdin his two three < <(cat "$src")
	cmp "$src" two
	cmp "$src" three
}

@test "nor is a file without offsets, where nothing can be cloned" {
	requires root fusepy fs:ext4
	cd "$BATS_TEST_TMPDIR" || return
	fs_make ext4 "$PWD/plain"
	as_user true # which lets others reach the directory
	quirkfs_mount back mnt no-seek
	file_make back/file 300K
	src=back/file
	: >plain/his && chown 65534 plain/his
	tampered pwrite64 mnt/file plain/his plain/two plain/three
	cmp "$src" plain/two
	cmp "$src" plain/three
	umount mnt
}

@test "a file that will belong to another user is no donor, but what it was made of is" {
	requires root
	chown 65534 "$src" && chmod 664 "$src"
	ovl_cp -a --fan-out --debug "$src" one two three
	assert_success
	cmp "$src" three
	shares_extents one two
	shares_extents two three
	assert_equal "$(stat -c '%U %a' one two three | uniq | wc -l)" 1
	assert_equal "$(ls -A)" 'one
three
two'
}
