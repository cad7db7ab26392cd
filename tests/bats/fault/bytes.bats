#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# read, write, seek, truncate and close that fail.

load ../../fixtures/common
load ../../fixtures/cp

setup() {
	requires strace
	cd "$BATS_TEST_TMPDIR" || return
	file_make src 1M
	echo old >old
}

ends() {
	assert_failure 1
	assert_output "ovl-cp: $1"
	assert_not_exists new
}

@test "a failure to read ends the copy, at the start and half-way" {
	for when in 1 2; do
		inject src pread64:error=EIO:when=$when -- --reflink=never src new
		ends "error reading 'src': Input/output error"
	done
}

@test "a regular file that has no data yet, as some of /proc, is waited for" {
	for when in 1 2; do
		inject src pread64:error=EAGAIN:when=$when -- --reflink=never src new
		assert_success
		cmp src new
		rm new
	done
	inject src pread64:error=EAGAIN -- --reflink=never src new
	ends "error reading 'src': Resource temporarily unavailable"
}

@test "a failure to write ends the copy, at the start and half-way" {
	for when in 1 2; do
		inject new pwrite64:error=ENOSPC:when=$when -- --reflink=never src new
		ends "error writing 'new': No space left on device"
		inject new pwrite64:error=EIO:when=$when -- --reflink=never src new
		ends "error writing 'new': Input/output error"
	done
}

@test "reading and writing that are interrupted are tried again" {
	inject src pread64:error=EINTR:when=1..3+2 -- --reflink=never src new
	assert_success
	cmp src new
	rm new
	inject new pwrite64:error=EINTR:when=1..3+2 -- --reflink=never src new
	assert_success
	cmp src new
}

@test "reading a stream that is interrupted is tried again" {
	mkfifo fifo
	feed src fifo
	inject fifo read:error=EINTR:when=1..3+2 -- fifo new
	assert_success
	cmp src new
}

@test "a failure to read a stream ends the copy" {
	mkfifo fifo
	feed src fifo
	inject fifo read:error=EIO:when=2 -- fifo new
	ends "error reading 'fifo': Input/output error"
}

@test "a stream that fails for its first destination is not half copied to the next" {
	mkfifo fifo
	feed src fifo
	inject a pwrite64:error=ENOSPC:when=1 -- --fan-out fifo a b
	assert_failure 1
	assert_line --index 0 "ovl-cp: error writing 'a': No space left on device"
	assert_line --index 1 \
		"ovl-cp: cannot copy 'fifo' to 'b': the source can be read only once"
	assert_not_exists a
	assert_not_exists b # not what was left in the FIFO
}

@test "a failure to write does not remove a file that existed" {
	inject old pwrite64:error=ENOSPC:when=2 -- --reflink=never src old
	assert_failure 1
	assert_output "ovl-cp: error writing 'old': No space left on device"
	assert_exists old
}

@test "a failure to write leaves the other destinations of a fan-out to be made" {
	inject a pwrite64:error=EDQUOT:when=3+ -- --reflink=never --fan-out src a b
	assert_failure 1
	assert_output "ovl-cp: error writing 'a': Disk quota exceeded"
	assert_not_exists a
	cmp src b
}

@test "a failure to look for holes ends the copy" {
	truncate -s 2M src
	inject src lseek:error=EIO:when=1 -- --reflink=never src new
	ends "error reading 'src': Input/output error"
	inject src lseek:error=EIO:when=2 -- --reflink=never src new
	ends "error reading 'src': Input/output error"
}

@test "a source that becomes shorter while it is asked for holes is copied to where it ends" {
	local pid
	rm src && truncate -s 2M src && file_make data 1M && cat data >>src && truncate -s 8M src
	strace -f -o trace -P "$PWD/src" -e inject=lseek:delay_exit=3000000:when=1 \
		"$OVL_CP" --reflink=never src new 3>&- &
	pid=$!
	until_true grep -q SEEK_DATA trace
	truncate -s 1M src
	wait "$pid"
	cmp src new
}

@test "a failure to look for the end of data is no end of the file" {
	truncate -s 2M src
	inject src lseek:error=ENXIO:when=2 -- --reflink=never src new
	ends "error reading 'src': No such device or address"
}

@test "a source that cannot be asked for holes is copied with zeros" {
	truncate -s 2M src
	inject src lseek:error=EINVAL -- --reflink=never src new
	assert_success
	cmp src new
}

@test "answers about holes that lead nowhere do not keep the copy from its end" {
	ulimit -t 30 # an endless one is killed
	rm src && truncate -s 1M src && file_make data 1M && cat data >>src && truncate -s 3M src
	for answer in 0 4096 1048576 2097152; do # each to both questions
		for options in --reflink=never --sparse=always '-j2 --reflink=never' --explain; do
			# shellcheck disable=SC2086 # the options are words
			inject src "lseek:retval=$answer" -- $options src new
			assert_success
			[ "$options" = --explain ] || cmp src new
		done
	done
}

@test "a failure to give the copy its length ends the copy" {
	truncate -s 2M src
	inject new ftruncate:error=EIO -- --reflink=never src new
	ends "error writing 'new': Input/output error"
}

@test "a failure to close the destination is an error, and the file, which may lack data, goes" {
	for option in --reflink=never --reflink=auto -p; do
		rm -f new
		inject new close:error=EIO -- $option src new
		assert_failure 1
		assert_output "ovl-cp: failed to close 'new': Input/output error"
		assert_not_exists new
	done
}

@test "a failure to close one destination leaves the others to be made" {
	inject b close:error=ENOSPC -- --fan-out src a b c
	assert_failure 1
	assert_output "ovl-cp: failed to close 'b': No space left on device"
	cmp src a
	assert_not_exists b
	cmp src c
}

@test "a failure to close the source is ignored" {
	inject src close:error=EIO -- src new
	assert_success
	assert_output ''
	cmp src new
}

@test "a name that was given to another file meanwhile is not removed" {
	mkfifo fifo
	exec {ends}<>fifo
	(ulimit -f 100 && exec "$OVL_CP" fifo new) >out 2>&1 3>&- {ends}>&- &
	pid=$!
	head -c 50000 /dev/zero >&"$ends"
	until_true test -s new
	mv old new
	head -c 60000 src >&"$ends" # more than the limit, less than a pipe holds
	wait "$pid" || status=$?
	assert_equal "$status" 1
	assert_equal "$(<out)" "ovl-cp: error writing 'new': File too large"
	assert_equal "$(<new)" old
}
