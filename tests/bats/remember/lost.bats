#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --remember: a copy whose data was lost on its way to the disk.
# shellcheck disable=SC2030,SC2031,SC2154 # low belongs to the fixture
# needs: images

load ../../fixtures/remember

setup_file() { stack_file ext4 xfs reflink:xfs python3; }

# start_disk: a filesystem at $disk on a disk that can break (tests/crash/disk.c).
start_disk() {
	requires root loop setfattr
	images=$BATS_TEST_TMPDIR/images disk=$BATS_TEST_TMPDIR/disk
	fs_make tmpfs "$images" 512
	mkdir "$disk"
	truncate -s 320M "$images/image"
	mkfs.xfs -q -f "$images/image"
	: >"$images/point"
	"${top_builddir:-$BATS_TEST_DIRNAME/../../..}/tests/crash/disk" "$images/image" "$images/point" /dev/null
	mount -t xfs -o loop "$images/point" "$disk"
}

teardown() {
	umount -l "${disk:-/none}" "${images:-/none}/point" 2>/dev/null || :
	lab_cleanup
}

# lose FILE: its data cannot be written out, as another program finds out. The disk is broken for so short
# a time that the filesystem does not write its log meanwhile: that would end it.
lose() {
	python3 - "$1" "$images/point" <<-'END'
		import os, sys
		file = os.open(sys.argv[1], os.O_RDONLY)
		os.setxattr(sys.argv[2], "user.fail", b"write 0")
		try:
		    os.fsync(file)
		    sys.exit("it was written out before")
		except OSError:
		    pass
		finally:
		    os.setxattr(sys.argv[2], "user.fail", b"never 0")
	END
}

@test "what could not be written out is not cloned, though it is still in memory" {
	start_disk
	file_make "$low/file" 4M
	copies "$low/file" "$disk/1"
	lose "$disk/1"
	ovl_cp --remember="$records" "$low/file" "$disk/2"
	assert_success
	cmp "$low/file" "$disk/2"
}

@test "the same for a source with holes" {
	start_disk
	truncate -s 21M "$low/file"
	file_make "$low/part" 1M
	dd if="$low/part" of="$low/file" bs=1M seek=20 conv=notrunc status=none
	copies "$low/file" "$disk/1"
	lose "$disk/1"
	ovl_cp --remember="$records" "$low/file" "$disk/2"
	assert_success
	cmp "$low/file" "$disk/2"
}

@test "what is lost from memory, too, gets no hard link" {
	start_disk
	file_make "$low/file" 4M
	OVL_CP_SHARE=hardlink copies "$low/file" "$disk/1"
	lose "$disk/1"
	python3 -c 'import os, sys
os.posix_fadvise(os.open(sys.argv[1], os.O_RDONLY), 0, 0, os.POSIX_FADV_DONTNEED)' "$disk/1"
	OVL_CP_SHARE=hardlink copies "$low/file" "$disk/2"
}
