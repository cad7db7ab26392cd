#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# A copy-up that fails, and a clone that fails after one: which errors end the copy.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay
load ../../fixtures/cp

setup_file() { stack_file ext4 xfs; }

scene() {
	requires strace
	file_make "$low/file" "$SIZE"
	stack
	enter
}

# enter: sets TRIGGER, the path by which the program opens its source again for the copy-up.
enter() {
	cd "$merged" || return
	remember "$merged/file"
	strace -o trace "$OVL_CP" --copy-up=never file new
	TRIGGER=/proc/self/fd/$(sed -n 's/.*"file", O_RDONLY.* = \([0-9]*\)$/\1/p' trace)
	rm new
	growth_start "$up"
}

# copied_anyway REASON: the bytes must have been copied, and --debug must print REASON.
copied_anyway() {
	assert_copied file new
	assert_output --partial "$1"
	assert_untouched "$merged/file"
	rm new
}

@test "a copy-up that is refused is followed by a copy, and the reason is reported" {
	scene
	while read -r error reason; do
		inject "$TRIGGER" "openat:error=$error:when=1" -- --debug file new
		copied_anyway "$reason"
	done <<-'END'
		ETXTBSY a running program cannot be copied up
		EACCES without permission to write to it
		EPERM an immutable file cannot be copied up
		EROFS in a read-only overlay
		EOVERFLOW its owner is not mapped
		EAGAIN holds a lease on it
		EEXIST it was replaced or removed
		ENOSPC no room for it
		EDQUOT no room for it
		EMFILE its copy-up failed
	END
}

@test "a copy-up that is refused is tried once for a fan-out, which has a donor then" {
	requires strace
	file_make "$low/file" 17M
	stack
	enter
	inject "$TRIGGER" "openat:error=ETXTBSY:when=1" -- --fan-out file one two three
	assert_copied file one two three
	assert_shares "$up/upper/one" "$up/upper/two" "$up/upper/three"
	assert_equal "$(calls openat)" 1
}

@test "a copy-up that fails for want of the medium or of memory ends the copy" {
	scene
	for error in EIO:'Input/output error' ENOMEM:'Cannot allocate memory'; do
		inject "$TRIGGER" "openat:error=${error%%:*}" -- file new
		assert_failure 1
		assert_output "ovl-cp: cannot copy up 'file': ${error#*:}"
		assert_not_exists new
		assert_untouched "$merged/file"
	done
}

@test "a copy-up that is interrupted is tried again" {
	scene
	inject "$TRIGGER" openat:error=EINTR:when=1..3 -- file new
	assert_cloned file new
}

@test "a copy-up that is interrupted again and again is given up" {
	scene
	inject "$TRIGGER" openat:error=EINTR -- --debug file new
	copied_anyway 'signals kept interrupting its copy-up'
	[ "$(calls openat)" -lt 20 ]
}

@test "a source that cannot be opened again after its copy-up ends the copy" {
	scene
	inject "$TRIGGER" openat:error=EIO:when=2 -- file new
	assert_failure 1
	assert_output --partial 'Input/output error'
	assert_not_exists new
}

# Three FICLONE calls: of the lower file, a probe of the destination, and after the copy-up.
@test "a clone that fails after the copy-up is followed by a copy, but not after EIO" {
	for error in EINVAL EOPNOTSUPP EXDEV EIO; do
		low=$(mktemp -d -p "$BATS_FILE_TMPDIR/low") up=$(mktemp -d -p "$BATS_FILE_TMPDIR/up")
		merged=$BATS_TEST_TMPDIR/merged-$error
		scene
		inject new "ioctl:error=$error:when=3" -- file new
		assert_copied_up file
		if [ "$error" = EIO ]; then
			assert_failure 1
			assert_not_exists new
		else
			assert_success
			cmp file new
		fi
		cd / || return
	done
}

@test "the upper layer that does not answer whether it can clone gets no copy-up" {
	scene
	inject new ioctl:error=EOPNOTSUPP:when=2 -- --debug file new
	copied_anyway "of the overlay's upper layer"
	assert_not_copied_up file
}
