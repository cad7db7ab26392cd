#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Lists of layers of any length and syntax, and the other options.
# shellcheck disable=SC2034,SC2154 # merged belongs to the fixture

load ../../fixtures/overlay
load ../../fixtures/look

setup_file() { requires overlay "$LOOK" || return 0; }

setup() {
	lab_setup
	merged=$BATS_TEST_TMPDIR/merged
	fs_make tmpfs "$BATS_TEST_TMPDIR/fs" 64
	cd "$BATS_TEST_TMPDIR/fs" && mkdir u w a b c d
}

teardown() {
	cd /
	lab_cleanup
}

# layers COUNT: creates directories with names of 200 bytes, and sets layers to their names.
layers() {
	local i
	layers=()
	for ((i = 0; i < $1; i++)); do
		layers+=("$(printf 'L%0199d' "$i")")
	done
	mkdir "${layers[@]}"
}

@test "four hundred and ninety-nine layers of long names" {
	layers 499
	look_mount "${layers[@]/#/lowerdir+=}" upperdir=u workdir=w
	look --layers "$merged"
	assert_output "upper u"$'\n'"work w"$'\n'"$(printf 'lower %s\n' "${layers[@]}")"
}

@test "five hundred layers in one list" {
	mkdir {1..500}
	look_mount_text "lowerdir=$(printf '%s:' {1..499})500,upperdir=u,workdir=w"
	look --layers "$merged"
	assert_output "upper u"$'\n'"work w"$'\n'"$(printf 'lower %s\n' {1..500})"
}

@test "of options cut by the system call those are listed that are in force" {
	layers 30
	mkdir L
	# mount(2) takes all but the last byte of a page: of "LOST" an L is left.
	text=upperdir=u,workdir=w,lowerdir=$(printf '%s:' "${layers[@]:0:20}")
	slashes=$(printf '%*s' $((4095 - ${#text} - 2)) '')
	look_mount_text "$text.${slashes// //}LOST:a"
	look --layers "$merged"
	assert_line --index 21 "lower ${layers[19]}"
	assert_equal "${#lines[@]}" 23
	assert_line --index 22 --regexp '^lower \./+L$'
}

@test "layers that only hold data" {
	look_mount_text "lowerdir=a:b::c::d,upperdir=u,workdir=w"
	look --layers "$merged"
	assert_output $'upper u\nwork w\nlower a\nlower b\ndata c\ndata d'
	was=$output
	umount "$merged"
	look_mount lowerdir+=a lowerdir+=b datadir+=c datadir+=d upperdir=u workdir=w
	look --layers "$merged"
	assert_output "$was"
}

@test "options are those that are listed, or the defaults of the module" {
	look_mount_text 'lowerdir=a,upperdir=u,workdir=w,index=on,nfs_export=on,volatile'
	look --all "$merged"
	assert_line 'index on listed'
	assert_line 'nfs_export on listed'
	assert_line 'volatile on listed'
	assert_line 'userxattr off'
	assert_line 'lowerdir '
	assert_line "metacopy $(sed 's/Y/on/; s/N/off/' /sys/module/overlay/parameters/metacopy)"
}
