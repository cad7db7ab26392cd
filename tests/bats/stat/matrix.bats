#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The table of --matrix, and that ovl-cp then does what it says.
# shellcheck disable=SC2030,SC2031,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay
load ../../fixtures/stat

setup_file() { stack_file ext4 xfs; }

# can METHOD yes|no|- [TEXT]: the line of METHOD must have this answer, and TEXT.
can() {
	assert_line --regexp "^  $1 +$2 .*${3-}"
}

@test "from a lower layer of another filesystem: after a copy-up, or from a donor" {
	file_make "$low/file" "$SIZE"
	stack
	remember "$merged/file"
	ovl_stat --matrix "$merged/file" "$merged"
	assert_success
	can 'without a copy-up' no 'lower layer, on another filesystem than the upper layer'
	can 'after a copy-up' yes 'writes 3.0 MiB to the upper layer, once'
	can 'from a donor' yes 'each further one shares 3.0 MiB'
	can 'copy_file_range' no
	can 'read and write' yes 'writes 3.0 MiB'
	assert_not_copied_up file
	assert_untouched "$merged/file"
	assert_equal "$(ls -A "$merged")$(ls -A "$up/upper")" file
	ovl_cp --reflink=always --copy-up=never "$merged/file" "$merged/copy"
	assert_failure
	ovl_cp --reflink=always "$merged/file" "$merged/copy"
	assert_cloned file copy
}

@test "what one method would copy up is not up for the next: hard links with index=on" {
	file_make "$low/file" "$SIZE"
	ln "$low/file" "$low/link"
	stack index=on
	ovl_stat --matrix "$merged/file" "$merged"
	can 'after a copy-up' yes 'writes 3.0 MiB'
	can 'from a donor' yes 'each further one shares 3.0 MiB'
	can 'copy_file_range' no 'the kernel refuses'
	assert_line --regexp "^  ovl-cp's choice +cloned after a copy-up"
}

@test "of an empty file there is nothing to share, and the kernel is not said to refuse it" {
	: >"$low/file"
	mkdir "$up/out"
	stack
	for dir in "$merged" "$up/out" "$low"; do
		ovl_stat --matrix "$merged/file" "$dir"
		can 'from a donor' no 'the source reports a size of 0'
		can 'copy_file_range' no 'for the same reason'
		can 'read and write' yes 'writes 0 bytes'
	done
	: >"$up/empty"
	ovl_stat --matrix "$up/empty" "$up/out"
	can 'without a copy-up' no 'the source reports a size of 0'
	can 'from its layer' no 'for the same reason'
}

@test "from the upper layer: without a copy-up" {
	stack
	file_make "$merged/file" "$SIZE"
	ovl_stat --matrix "$merged/file" "$merged"
	can 'without a copy-up' yes 'shares 3.0 MiB, writes nothing'
	can 'after a copy-up' - 'not needed'
	can 'from a donor' - 'not needed'
	assert_line --regexp "^  ovl-cp's choice +cloned$"
}

@test "to another filesystem: no clone, and no copy-up helps" {
	file_make "$low/file" "$SIZE"
	mkdir "$up/out"
	ovl_stat --matrix "$low/file" "$up/out"
	can 'without a copy-up' no 'another filesystem'
	can 'after a copy-up' no 'for the same reason'
	can 'from a donor' yes
	can 'read and write' yes
	assert_equal "$(ls -A "$up/out")" ''
}

@test "where nothing can be cloned" {
	file_make "$low/file" "$SIZE"
	ovl_stat --matrix "$low/file" "$low"
	assert_success
	can 'without a copy-up' no
	can 'from a donor' no
	assert_line --regexp "^  ovl-cp's choice +copied by "
}

@test "what it needs is a regular file and a directory" {
	file_make "$low/file" 10K
	ovl_stat --matrix "$low/file" "$low/file"
	assert_failure 1
	assert_output "ovl-stat: not a directory: '$low/file'"
	ovl_stat --matrix "$low" "$low"
	assert_failure 1
	assert_output "ovl-stat: not a regular file: '$low'"
	ovl_stat --matrix "$low/none" "$low"
	assert_failure 1
	assert_output "ovl-stat: cannot inspect '$low/none': No such file or directory"
}
