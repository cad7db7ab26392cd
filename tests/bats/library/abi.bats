#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Programs that were compiled with an older ovlcp.h.
# shellcheck disable=SC2030,SC2031,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay
load ../../fixtures/library

setup_file() {
	stack_file ext4 xfs compiler
	! is_skipped || return 0
	libs=$top_builddir/.libs
	build first "$srcdir/tests/client/first.c" -D_GNU_SOURCE -L"$libs" -lovlcp -Wl,-rpath,"$libs"
}

@test "one of the first version copies a tree, with the options that it knows" {
	cd "$up" || return
	mkdir -p tree/sub copy
	echo new >tree/sub/file && ln -s file tree/sub/link
	echo old >tree/top && touch -d 2001-01-01 tree/top && chmod 640 tree/top
	echo older >copy/top
	run_built first tree copy
	assert_success
	# begin, copied: 0, 1; directory, read-write, symbolic link: 7, 6, 8
	sort >events <<-'END'
		0 0 copy/sub
		0 0 copy/sub/file
		1 6 copy/sub/file
		0 0 copy/sub/link
		1 8 copy/sub/link
		1 7 copy/sub
		0 0 copy/top
		1 6 copy/top
		1 7 copy
	END
	assert_equal "$(sort <<<"$output")" "$(<events)"
	assert_equal "$(cat copy/top copy/top.first copy/sub/link)" $'old\nolder\nnew'
	assert_equal "$(stat -c '%a %Y' copy/top)" "640 $(stat -c %Y tree/top)"
}

@test "extents have the size that a program knows" {
	for i in 0 16 32; do
		dd if=/dev/urandom of="$low/file" bs=4096 count=1 seek="$i" conv=notrunc status=none
	done
	sync -f "$low"
	run_built first --extents "$low/file"
	assert_success
	assert_equal "${#lines[@]}" 6
	assert_equal "${lines[*]:0:3}" "${lines[*]:3}"
	assert_equal "${lines[2]}" '131072 4096 1'
}

@test "the library has one soname, and each symbol the version of the map" {
	requires readelf nm
	run readelf -d "$top_builddir/.libs/libovlcp.so"
	assert_output --partial 'soname: [libovlcp.so.0]'
	run nm -D --defined-only "$top_builddir/.libs/libovlcp.so"
	refute_line --regexp '@@(OVLCP_[^0]|OVLCP_0.)'
	assert_equal "$(grep -c '@@OVLCP_0$' <<<"$output")" "$(($(grep -c . <<<"$output") - 1))"
}
