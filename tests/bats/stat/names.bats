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

# iso_image FILE UUID: makes an empty filesystem of ISO 9660; the 16 bytes of UUID are the date that
# libblkid makes its UUID of.
iso_image() {
	python3 - "$@" <<-'END'
		import struct, sys
		def both(form, n): return struct.pack('<' + form, n) + struct.pack('>' + form, n)
		def entry(name):
		    e = b'\0' + both('I', 20) + both('I', 2048) + bytes(7) + b'\2\0\0' + both('H', 1) + b'\1' + name
		    return bytes([len(e) + 1]) + e
		volume = (b'\1CD001\1\0' + b' ' * 64 + bytes(8) + both('I', 21) + bytes(32) + both('H', 1) * 2 +
		          both('H', 2048) + both('I', 10) + struct.pack('<II', 18, 0) + struct.pack('>II', 19, 0) +
		          entry(b'\0') + b' ' * 623)
		date = sys.argv[2].encode('latin-1') + b'\0'
		volume += date + date + (b'0' * 16 + b'\0') * 2 + b'\1'
		path = lambda form: b'\1\0' + struct.pack(form + 'IH', 20, 1) + b'\0\0'
		sectors = [volume, b'\xffCD001\1', path('<'), path('>'), entry(b'\0') + entry(b'\1')]
		with open(sys.argv[1], 'wb') as image:
		    image.write(bytes(16 * 2048))
		    for s in sectors:
		        image.write(s.ljust(2048, b'\0'))
	END
}

@test "so do the numbers of filesystems" {
	requires loop python3
	iso_image image $'2026\e[31m1122334'
	device=$(losetup --find --show image)
	mkdir at
	# the device is looked at, whatever is mounted: not every kernel knows ISO 9660
	mount -t tmpfs "$device" at
	ovl_stat at
	losetup --detach "$device"
	assert_success
	assert_says filesystem "UUID '2026-'\$'\\033'"
	[[ $output != *$'\e'* ]]
}
