#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Names of any bytes, of files and of layers, are printed quoted.

load ../../fixtures/common
load ../../fixtures/stat

setup() {
	lab_setup
	cd "$BATS_TEST_TMPDIR" || return
}

@test "files of all names are looked at, and the names do nothing to a terminal" {
	names=($'a\nb' $'\e[31mred' '#!:+' "it's" $'\xff' '%s%n' ' ')
	for name in "${names[@]}"; do file_make "$name" 10; done
	ovl_stat "${names[@]}"
	assert_success
	for quoted in "'a'\$'\\n''b'" "''\$'\\033''[31mred'" "'#!:+'" "\"it's\"" "''\$'\\377'"; do
		assert_line "$quoted"
	done
	[[ $output != *$'\e'* ]]
	ovl_stat --map "${names[@]}"
	assert_success
	[[ $output != *$'\e'* ]]
}

@test "so do the names of layers and of mount points" {
	requires overlay
	fs_make tmpfs fs 8
	mkdir $'fs/low\e[31m' fs/u fs/w $'at\a'
	: >fs/$'low\e[31m/file'
	mount -t overlay -o "lowerdir=$PWD/fs/"$'low\e[31m'",upperdir=$PWD/fs/u,workdir=$PWD/fs/w" $'from\r' $'at\a'
	ovl_stat $'at\a/file'
	assert_success
	assert_says 'lower layer' "\$'\\033'"
	assert_says overlay "\$'\\a'"
	[[ $output != *[$'\e\a\r']* ]]
}

@test "a filesystem has no label and no UUID of a device that is named as its source" {
	requires root loop fs:ext4 blkid findmnt
	fs_make ext4 "$PWD/disk" 32 '' -L secret
	disk=$(findmnt -no SOURCE disk)
	mkdir other
	mount -t tmpfs "$disk" other
	echo text | tee disk/file >other/file
	ovl_stat --json disk/file
	assert_output --partial '"secret"'
	ovl_stat --json other/file
	assert_output --partial "\"$disk\""
	refute_output --partial '"secret"'
	refute_output --partial "$(blkid -o value -s UUID "$disk")"
}
