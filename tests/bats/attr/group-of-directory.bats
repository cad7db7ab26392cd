#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Where new files get the group of their directory by an option of the mount, copies have that of the
# source all the same.
# needs: images

load ../../fixtures/common

setup() {
	lab_setup
	requires root loop fs:ext4
	cd "$BATS_TEST_TMPDIR" || return
	fs_make ext4 fs 32 grpid
}

@test "-a into directories of several groups gives each file the group of its source" {
	mkdir -p src/a src/b src/c fs/dst/a fs/dst/b
	echo x | tee src/a/f src/b/f src/b/g >src/c/f
	chgrp 50 src/b fs/dst/b src/b/g
	for jobs in 1 4; do
		rm -rf fs/dst/?/* fs/dst/c
		ovl_cp -j$jobs -a src/a src/b src/c fs/dst
		assert_success
		assert_equal "$(cd fs/dst && stat -c '%n %g' -- ?/*)" $'a/f 0\nb/f 0\nb/g 50\nc/f 0'
	done
}
