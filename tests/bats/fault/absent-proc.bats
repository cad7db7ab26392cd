#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Where /proc is not mounted, and the filter of a container denies calls besides: the main job is done
# as long as something tells that both files are on one overlay, and what is unknown is said to be.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # variables of the fixtures
# needs: images

load ../../fixtures/overlay
load ../../fixtures/cp
load ../../fixtures/explain
load ../../fixtures/deny

setup_file() { stack_file ext4 xfs setfattr; }

# without_proc PROGRAM: from now on $OVL_CP is PROGRAM where nothing is mounted at /proc.
without_proc() {
	local in='while umount -l /proc 2>&-; do :; done; exec "$@"' program=$BATS_TEST_TMPDIR/program
	printf '#!/bin/sh\nexec unshare --mount sh -c %q sh %q "$@"\n' "$in" "$1" >"$program"
	chmod 755 "$program"
	OVL_CP=$program
}

@test "without statx too the directories of an overlay tell that it is one" {
	a_scene && without_proc "$OVL_CP"
	mkdir "$merged/dir"
	denying statx=ENOSYS
	ovl_cp "$merged/file" "$merged/dir/copy"
	assert_cloned file dir/copy
	was_denied statx
	ovl_cp -v --copy-up-only "$merged/file"
	# on which layer it is cannot be told: before Linux 6.7 /proc says what the answers are worth
	assert_output --partial 'it can be cloned already'
	assert_untouched "$merged/file"
}

@test "without statx two overlays are two" {
	a_scene && without_proc "$OVL_CP"
	mkdir "$up/other" "$BATS_TEST_TMPDIR/other"
	overlay_make "$BATS_TEST_TMPDIR/other" "$low" "$up/other"
	denying statx=ENOSYS
	ovl_cp --debug --copy-up=always "$merged/file" "$BATS_TEST_TMPDIR/other/copy"
	assert_output --partial 'are on two overlays'
	assert_not_copied_up file
	umount "$BATS_TEST_TMPDIR/other"
}

@test "without fstatfs copies are right, and nothing is said of the type" {
	a_scene && without_proc "$OVL_CP"
	denying fstatfs=EPERM
	ovl_cp --debug "$merged/file" "$merged/copy"
	assert_copied file copy
	was_denied fstatfs
	assert_output --partial 'it is unknown which of the files are on an overlay'
	refute_output --partial 'on another filesystem than the source'
	ovl_cp -v --copy-up-only "$merged/file"
	assert_output --partial 'it is unknown which of the files are on an overlay'
}

@test "--fsync says that an overlay may be volatile, where that is unknown" {
	file_make "$low/file" "$SIZE"
	stack volatile && without_proc "$OVL_CP"
	ovl_cp --fsync "$low/file" "$merged/new"
	assert_failure 1
	assert_output --partial 'perhaps not to stable storage'
	ovl_cp --fsync "$low/file" "$up/new"
	assert_success
}

@test "a hard link that may split others is not made, and the place of a mount is not made up" {
	file_make "$low/file" "$SIZE"
	ln "$low/file" "$low/other"
	stack index=on && stat=${OVL_STAT:-${OVL_CP%/*}/ovl-stat} && without_proc "$OVL_CP"
	ovl_cp -l "$merged/file" "$merged/link"
	assert_failure 1
	assert_output --partial 'not known to be mounted with index=on'
	assert_not_copied_up file
	without_proc "$stat"
	run "$OVL_CP" "$merged/file"
	assert_output --partial 'mounted at an unknown place'
	assert_output --partial 'may break its hard links'
}
