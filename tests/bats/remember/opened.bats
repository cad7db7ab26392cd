#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --remember: what other processes have open is not recorded.
# shellcheck disable=SC2030,SC2031,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/remember
load ../../fixtures/stopped

setup_file() { stack_file ext4 xfs reflink:xfs; }

@test "a source that another process has open for writing is not recorded" {
	file_make "$low/file" 1M
	mkdir "$up/volume"
	exec 4>>"$low/file"
	ovl_cp --remember="$records" "$low/file" "$up/volume/1"
	exec 4>&-
	assert_rewritten "$low/file" "$up/volume/2"
	assert_recalled "$low/file" "$up/volume/3"
}

@test "a copy that another process opened before it was complete is not recorded" {
	file_make "$low/file" 1M
	mkdir "$up/volume"
	stopped pwrite64,copy_file_range when=1 --remember="$records" "$low/file" "$up/volume/1"
	head -c 1 "$up/volume/1" >/dev/null
	goes_on
	cmp "$low/file" "$up/volume/1"
	assert_rewritten "$low/file" "$up/volume/2"
}

@test "a copy that a process has open for writing is not compared: a mapping may be changed unseen" {
	file_make "$low/file" 1M
	mkdir "$up/volume"
	copies "$low/file" "$up/volume/1"
	exec 4>>"$up/volume/1"
	assert_rewritten --remember=verify "$low/file" "$up/volume/2"
	exec 4>&-
}

@test "a copy that was cut by its name while it was made is not recorded" {
	file_make "$low/file" 1M
	mkdir "$up/volume"
	stopped pwrite64,copy_file_range when=2 --remember="$records" "$low/file" "$up/volume/1"
	python3 -c 'import os, sys; os.truncate(sys.argv[1], 5000)' "$up/volume/1"
	goes_on
	! cmp "$low/file" "$up/volume/1" || fail 'it was cut too early or too late'
	copies "$low/file" "$up/volume/2"
}

@test "a copy that is removed before it gets a link makes no copy fail" {
	a_file
	export OVL_CP_SHARE=hardlink
	copies "$merged/file" "$merged/1"
	run strace -f -o "$BATS_TEST_TMPDIR/trace" -e trace=linkat -e inject=linkat:error=ENOENT:when=1..2 "$OVL_CP" \
		--remember="$records" --fan-out "$merged/file" "$merged"/{2,3}
	assert_success
	assert_output ''
	assert_all_equal "$low/file" "$merged"/{2,3}
	assert_equal "$(stat -c %h "$merged/3")" 2
}

@test "a copy whose directory is hidden by a mount is not recorded: another file would be watched" {
	requires root
	file_make "$low/file" 1M
	mkdir "$up/volume" "$up/other"
	: >"$up/other/1"
	cd "$up/volume"
	mount --bind "$up/other" "$up/volume"
	strace -f -o "$BATS_TEST_TMPDIR/trace" -e trace=pwrite64,copy_file_range \
		-e inject=pwrite64,copy_file_range:delay_exit=1000000:when=1 \
		"$OVL_CP" --remember="$records" "$low/file" 1 &
	until_true test -s 1
	head -c 1 1 >/dev/null
	wait
	umount "$up/volume"
	assert_rewritten "$low/file" "$up/volume/2"
}
