#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --sparse=always: zeros in the source become holes, at the same offsets as with cp.
# needs: images
# shellcheck disable=SC2317 # fill is called by each

load ../../fixtures/common
load ../../fixtures/cp

setup_file() {
	requires loop fs:ext4 reflink:xfs fallocate || return 0
	fs_make ext4 "$BATS_FILE_TMPDIR/ext4"
	fs_make xfs "$BATS_FILE_TMPDIR/xfs"
}

# each FILL ARG...: copies the file that FILL creates with each ARG on each filesystem; the copy
# must have the same content, and its holes must be where cp makes them.
each() {
	local option fs
	for option in "${@:2}"; do
		for fs in ext4 xfs; do
			cd "$BATS_FILE_TMPDIR/$fs" || return
			rm -f src new new.cp
			"$1" src
			cp "$option" --reflink=never src new.cp
			ovl_cp "$option" --reflink=never src new
			assert_success
			cmp src new
			assert_equal "$(data_map new)" "$(data_map new.cp)"
		done
	done
}

zeros() { head -c "$1" /dev/zero; }

always=--sparse=always

@test "zeros in the middle become a hole" {
	fill() { { seq 20000; zeros 300000; seq 20000; } >"$1"; }
	each fill $always
}

# XFS allocates megabytes beyond what is written; the data of this has 23440 blocks, with zeros 25780
long_runs() {
	file_make run 3000000
	for ((i = 0; i < 4; i++)); do cat run && zeros 300000; done
	rm run
}

@test "what the filesystem has allocated for later writes is no part of a hole" {
	fill() { long_runs >"$1"; }
	each fill $always
	ovl_cp --fan-out $always src new2 new3
	assert_success
	for file in new new2 new3; do
		cmp src $file
		[ "$(stat -c %b $file)" -lt 24500 ] || fail "$file has $(stat -c %b $file) blocks"
	done
}

@test "zeros at the start and the end become holes, and the size is that of the source" {
	fill() { { zeros 1M; seq 20000; zeros 1234567; } >"$1"; }
	each fill $always
}

@test "a file of zeros takes no room" {
	fill() { zeros 3M >"$1"; }
	each fill $always
	assert_equal "$(stat -c %b new)" 0
}

@test "zeros that are short become holes where cp makes them" {
	fill() {
		for n in 100 4095 4096 4097 8192 12287 12288 16384 65536; do
			{ seq 3000 | head -c 10000; zeros "$n"; } >>"$1"
		done
	}
	each fill $always
}

@test "holes of the source are holes with auto, and zeros beside them stay data" {
	fill() { { seq 9000; zeros 99999; } >"$1" && truncate -s 5M "$1" && seq 900 >>"$1"; }
	for fs in ext4 xfs; do
		cd "$BATS_FILE_TMPDIR/$fs"
		rm -f src new
		fill src
		ovl_cp --sparse=auto --reflink=never src new
		assert_success
		cmp src new
		assert_equal "$(data_map new)" "$(data_map src)"
	done
}

@test "zeros from a pipe become holes" {
	for fs in ext4 xfs; do
		cd "$BATS_FILE_TMPDIR/$fs"
		rm -f new new.cp
		{ seq 20000; zeros 1M; seq 9; zeros 1M; } >src
		# shellcheck disable=SC2002,SC2216 # a pipe it must be, and /dev/stdin is its name
		cat src | cp --sparse=always /dev/stdin new.cp
		# shellcheck disable=SC2002
		cat src | "$OVL_CP" --sparse=always /dev/stdin new
		cmp src new
		[ "$(stat -c %b new)" -le $(($(stat -c %b new.cp) + 256)) ]
	done
}
