#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# FICLONE and copy_file_range that fail: which errors end a copy, and which lead to the next method.

load ../../fixtures/common
load ../../fixtures/cp

setup() {
	requires strace
	cd "$BATS_TEST_TMPDIR" || return
	file_make src 1M
	echo old >old
	no_clone=ioctl:error=EOPNOTSUPP
}

ends() {
	assert_failure 1
	assert_output "ovl-cp: $1"
	assert_not_exists new
	assert_equal "$(calls pwrite64)" 0
}

goes_on() {
	assert_success
	assert_output ''
	cmp src new
	rm new
}

@test "a clone that fails for want of the medium or of room ends the copy" {
	for error in EIO:'Input/output error' ENOSPC:'No space left on device' \
		EDQUOT:'Disk quota exceeded' ENOMEM:'Cannot allocate memory'; do
		inject new "ioctl:error=${error%%:*}" -- src new
		assert_output --partial "ovl-cp: failed to clone 'new' from 'src': ${error#*:}"
		ends "${output#ovl-cp: }"
		assert_equal "$(calls copy_file_range)" 0
	done
}

@test "a clone that fails in any other way is followed by a copy" {
	for error in EOPNOTSUPP ENOTTY ENOSYS EXDEV EINVAL EPERM EACCES EBADF EISDIR ETXTBSY \
		EINTR EAGAIN ESTALE; do
		inject new "ioctl:error=$error" -- src new
		goes_on
	done
}

@test "a clone that fails is an error with --reflink, and nothing is copied" {
	for error in EOPNOTSUPP EXDEV EINVAL EIO; do
		inject new "ioctl:error=$error" -- --reflink src new
		assert_failure 1
		assert_output --partial "ovl-cp: failed to clone 'new' from 'src': "
		assert_not_exists new
		assert_equal "$(calls copy_file_range)" 0
		assert_equal "$(calls pwrite64)" 0
	done
}

@test "copy_file_range that fails for want of the medium or of room ends the copy" {
	for error in EIO:'Input/output error' ENOSPC:'No space left on device' \
		EDQUOT:'Disk quota exceeded' ENOMEM:'Cannot allocate memory'; do
		inject new "$no_clone" "copy_file_range:error=${error%%:*}" -- src new
		ends "error copying 'src' to 'new': ${error#*:}"
	done
}

@test "copy_file_range that fails in any other way is followed by read and write" {
	for error in EXDEV EINVAL EPERM EOPNOTSUPP ENOSYS EBADF EACCES ETXTBSY EOVERFLOW EFBIG; do
		inject new "$no_clone" "copy_file_range:error=$error" -- src new
		[ "$(calls pwrite64)" -gt 0 ]
		goes_on
	done
}

@test "copy_file_range that returns 0 too early is followed by read and write" {
	inject new "$no_clone" copy_file_range:retval=0 -- src new
	[ "$(calls pwrite64)" -gt 0 ]
	goes_on
}

@test "copy_file_range that is interrupted is tried again" {
	inject new "$no_clone" copy_file_range:error=EINTR:when=1..3 -- src new
	assert_equal "$(calls copy_file_range)" 4
	assert_equal "$(calls pwrite64)" 0
	goes_on
}

# islands: a source with three runs of data, which take three calls.
islands() {
	for at in 0 3 6; do
		dd if=src of=sparse bs=64K count=2 seek=$((at * 2)) conv=notrunc status=none
	done
}

@test "copy_file_range that is refused half-way is followed by read and write from there" {
	islands
	inject new "$no_clone" copy_file_range:error=EINVAL:when=2 -- sparse new
	assert_success
	cmp sparse new
	assert_equal "$(calls copy_file_range)" 2
}

@test "copy_file_range that returns 0 half-way is followed by read and write from there" {
	islands
	inject new "$no_clone" copy_file_range:retval=0:when=3 -- sparse new
	assert_success
	cmp sparse new
}

@test "copy_file_range that fails half-way leaves no file" {
	islands
	inject new "$no_clone" copy_file_range:error=EIO:when=3 -- sparse new
	ends "error copying 'sparse' to 'new': Input/output error"
}

@test "a failed copy does not remove a file that existed" {
	for error in EIO ENOSPC; do
		inject old "$no_clone" "copy_file_range:error=$error" -- src old
		assert_failure 1
		assert_exists old
		inject old "ioctl:error=$error" -- src old
		assert_failure 1
		assert_exists old
	done
}

@test "a failure leaves the other destinations of a fan-out to be made" {
	file_make src 600K # larger ones are read and written
	inject a "$no_clone" copy_file_range:error=ENOSPC -- --fan-out src a b c
	assert_failure 1
	assert_output "ovl-cp: error copying 'src' to 'a': No space left on device"
	assert_not_exists a
	cmp src b
	cmp src c
}
