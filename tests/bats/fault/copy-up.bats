#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# A copy-up that fails, and a clone that fails after one: which errors end the copy.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay
load ../../fixtures/cp

setup_file() { stack_file ext4 xfs; }

# scene [OPTS]: with metacopy=on the copy-up is triggered by an open for writing.
scene() {
	requires strace
	file_make "$low/file" "$SIZE"
	stack "${1:-metacopy=off}"
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

# refused FILE CALL: for each line "ERROR REASON" CALL on FILE fails, and the bytes must be copied.
refused() {
	while read -r error reason; do
		inject "$1" "$2:error=$error" -- --debug file new
		copied_anyway "$reason"
	done
}

@test "a copy-up that is refused is followed by a copy, and the reason is reported" {
	scene
	refused file utimensat <<-'END'
		EROFS in a read-only overlay
		EOVERFLOW its owner is not mapped
		EEXIST it was replaced or removed
		ENOSPC no space for it
		EDQUOT no space for it
		EXDEV cannot move files from the work directory to the upper layer
		ENOMEM its copy-up failed: Cannot allocate memory
		EMFILE its copy-up failed: Too many open files
	END
}

@test "likewise where it is an open for writing" {
	scene metacopy=on
	refused "$TRIGGER" openat <<-'END'
		ETXTBSY it is a running program
		EACCES without write permission
		EPERM it is immutable (chattr +i)
		EAGAIN holds a lease on it
	END
}

@test "a copy-up that is refused is tried once for a fan-out, which has a donor then" {
	requires strace
	file_make "$low/file" 17M
	stack
	enter
	inject file utimensat:error=ENOSPC -- --fan-out file one two three
	assert_copied file one two three
	assert_shares "$up/upper/one" "$up/upper/two" "$up/upper/three"
	assert_equal "$(calls utimensat)" 1
}

@test "after EXDEV, which concerns the whole overlay, no other file is tried" {
	file_make "$low/other" "$SIZE"
	scene
	mkdir into
	strace -f -o trace -e inject=utimensat:error=EXDEV "$OVL_CP" --copy-up=always -j1 file other into
	assert_equal "$(calls utimensat)" 1
	cmp file into/file
	cmp other into/other
}

@test "a copy-up that fails for want of the medium ends the copy" {
	scene
	inject file utimensat:error=EIO -- file new
	assert_failure 1
	assert_output "ovl-cp: cannot copy up 'file': Input/output error"
	assert_not_exists new
	assert_untouched "$merged/file"
}

@test "a copy-up that is interrupted is tried again, and given up if that goes on" {
	scene
	inject file utimensat:error=EINTR:when=1..3 -- file new
	assert_cloned file new
	low=$(mktemp -d -p "$BATS_FILE_TMPDIR/low") up=$(mktemp -d -p "$BATS_FILE_TMPDIR/up")
	merged=$BATS_TEST_TMPDIR/second
	scene
	inject file utimensat:error=EINTR -- --debug file new
	copied_anyway 'signals kept interrupting its copy-up'
	[ "$(calls utimensat)" -lt 20 ]
	low=$(mktemp -d -p "$BATS_FILE_TMPDIR/low") up=$(mktemp -d -p "$BATS_FILE_TMPDIR/up")
	merged=$BATS_TEST_TMPDIR/third
	scene metacopy=on
	inject "$TRIGGER" openat:error=EINTR -- --debug file new
	copied_anyway 'signals kept interrupting its copy-up'
}

@test "a source that cannot be opened again after its copy-up ends the copy" {
	scene
	inject "$TRIGGER" openat:error=EIO -- file new
	assert_failure 1
	assert_output --partial 'Input/output error'
	assert_not_exists new
}

# Four ioctl calls: FICLONE of the lower file, a look at the project of the destination, a probe whether
# it can clone, and FICLONE after the copy-up.
@test "a clone that fails after the copy-up is followed by a copy, but not after EIO" {
	for error in EINVAL EOPNOTSUPP EXDEV EIO; do
		low=$(mktemp -d -p "$BATS_FILE_TMPDIR/low") up=$(mktemp -d -p "$BATS_FILE_TMPDIR/up")
		merged=$BATS_TEST_TMPDIR/merged-$error
		scene
		inject new "ioctl:error=$error:when=4" -- file new
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
	inject new ioctl:error=EOPNOTSUPP:when=3 -- --debug file new
	copied_anyway "of the overlay's upper layer"
	assert_not_copied_up file
}
