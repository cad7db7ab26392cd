#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Failures to open and remove files, and to set attributes.
# shellcheck disable=SC2030,SC2031 # run sets its variables for this test alone

load ../../fixtures/common
load ../../fixtures/cp

setup() {
	requires strace root
	cd "$BATS_TEST_TMPDIR" || return
	file_make src 100K
	chown 3:4 src
	chmod 4751 src
	echo old >old
}

# kept MESSAGE: the call must have failed with MESSAGE, and the data stays.
kept() {
	assert_failure 1
	assert_output "ovl-cp: $1"
	cmp src new
	rm new
}

@test "an owner that cannot be set is an error, and the data stays" {
	for error in EPERM:'Operation not permitted' EIO:'Input/output error'; do
		inject new "fchown:error=${error%%:*}" -- -p src new
		kept "failed to preserve ownership for 'new': ${error#*:}"
	done
}

@test "a file whose owner cannot be set is not set-id for the wrong one" {
	inject new fchown:error=EPERM -- -p src new
	assert_failure 1
	refute [ -u new ]
}

@test "a mode that cannot be set is an error, and the data stays" {
	inject new fchmod:error=EPERM -- -p src new
	kept "preserving permissions for 'new': Operation not permitted"
	inject new fchmod:error=EIO -- --preserve=ownership src new
	kept "preserving permissions for 'new': Input/output error"
}

@test "times that cannot be set are an error, and the data stays" {
	inject new utimensat:error=EPERM -- -p src new
	kept "preserving times for 'new': Operation not permitted"
}

@test "an attribute that cannot be set does not keep the others from being set" {
	inject new fchmod:error=EPERM -- -p src new
	assert_equal "$(stat -c '%u:%g %.9Y' new)" '3:4 981173106.123456789'
}

@test "an attribute that cannot be set leaves the other destinations to be made" {
	inject b utimensat:error=EIO -- -p --fan-out src a b c
	assert_failure 1
	assert_output "ovl-cp: preserving times for 'b': Input/output error"
	for copy in a b c; do cmp src "$copy"; done
}

@test "a source that cannot be opened is an error" {
	inject src openat:error=EMFILE -- src new
	assert_failure 1
	assert_output "ovl-cp: cannot open 'src' for reading: Too many open files"
	assert_not_exists new
}

@test "a destination that cannot be made is an error, and is not removed" {
	for error in ENOSPC:'No space left on device' EDQUOT:'Disk quota exceeded' \
		EROFS:'Read-only file system' EIO:'Input/output error'; do
		inject new "openat:error=${error%%:*}" -- -T src new
		assert_failure 1
		assert_output "ovl-cp: cannot create regular file 'new': ${error#*:}"
		assert_equal "$(calls unlinkat)" 0
	done
}

@test "a destination that cannot be opened keeps what it holds" {
	inject old openat:error=EIO:when=2 -- src old
	assert_failure 1
	assert_output "ovl-cp: cannot create regular file 'old': Input/output error"
	assert_equal "$(<old)" old
}

@test "-f removes no destination for want of descriptors or memory" {
	for error in EMFILE:'Too many open files' ENFILE:'Too many open files in system' \
		ENOMEM:'Cannot allocate memory'; do
		inject old "openat:error=${error%%:*}:when=2" -- -fT src old
		assert_failure 1
		assert_output "ovl-cp: cannot create regular file 'old': ${error#*:}"
		assert_equal "$(calls unlinkat) $(<old)" '0 old'
		inject old "openat:error=${error%%:*}:when=1" -- -fT --atomic src old
		assert_failure 1
		assert_equal "$(<old)" old
	done
}

@test "a destination that cannot be removed keeps what it holds" {
	inject old unlinkat:error=EBUSY -- --remove-destination src old
	assert_failure 1
	assert_output "ovl-cp: cannot remove 'old': Device or resource busy"
	assert_equal "$(<old)" old
}

@test "a name that comes and goes for ever is given up" {
	inject new openat:error=EEXIST -- -T src new
	assert_failure 1
	assert_output "ovl-cp: cannot create regular file 'new': File exists"
	[ "$(calls openat)" -lt 100 ]
}

# torture FILE ARG...: makes call 1, 2, 3... of each kind that concerns FILE fail; the file must be
# complete or removed.
torture() {
	local file=$1 call n
	shift
	for call in openat newfstatat ioctl copy_file_range pread64 pwrite64 ftruncate lseek \
		unlinkat fchmod fchown utimensat close; do
		for ((n = 1; n < 50; n++)); do
			rm -f new && cp src keep
			run strace --quiet=all -o trace -P "$file" -P "$PWD/$file" \
				-e "inject=$call:error=EIO:when=$n" "$OVL_CP" "$@"
			grep -q INJECTED trace || break
			fired=$((fired + 1))
			cmp src keep || fail "the source changed: $call $n"
			if [ "${status?}" = 0 ]; then
				cmp src new || fail "success without the data: $call $n"
			else
				[ -n "${output?}" ] || fail "failure without a word: $call $n"
				[ ! -e new ] || cmp src new || fail "a part stayed: $call $n"
			fi
		done
	done
}

@test "whichever call fails, there is a message or a complete file, and never a partial one" {
	dynamic_only 'musl makes other system calls'
	truncate -s 200K src # so that there is a hole
	fired=0
	for file in src new; do
		torture "$file" -p src new
		torture "$file" -p --reflink=never src new
	done
	[ "$fired" -gt 30 ] || fail "only $fired calls failed"
}
