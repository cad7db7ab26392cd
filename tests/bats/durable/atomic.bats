#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --atomic: a file gets its name when it is complete.

load ../../fixtures/common
load ../../fixtures/cp
load ../../fixtures/quirkfs

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	file_make src 1M
	echo old >old
}

# calls ARG...: runs the program, and prints the calls that give and take names, and write data.
calls() {
	requires strace
	strace -f -o trace -e trace=linkat,renameat,renameat2,unlinkat,fdatasync,pwrite64,write \
		"$OVL_CP" "$@" || return
	sed -n 's/^[0-9]* *\([a-z0-9]*\)(.*= 0$/\1/p; s/^[0-9]* *\(pwrite64\).*/\1/p' trace | uniq
}

@test "--atomic copies a file" {
	ovl_cp --atomic src new
	assert_success
	cmp src new
	assert_equal "$(stat -c '%a %h' src)" "$(stat -c '%a %h' new)"
}

@test "--atomic gives a new file its name after its data was written and is on the disk" {
	run calls --atomic --reflink=never src new
	assert_output "$(printf '%s\n' pwrite64 fdatasync linkat)"
}

@test "--atomic replaces a file by a rename, after its data was written and is on the disk" {
	run calls --atomic --reflink=never src old
	assert_output "$(printf '%s\n' pwrite64 fdatasync linkat renameat)"
	cmp src old
}

@test "--atomic leaves nothing of a file that fails, and the old file as it was" {
	for name in new old; do
		inject src pread64:error=EIO:when=2 -- --atomic --reflink=never src $name
		assert_failure 1
		assert_output "ovl-cp: error reading 'src': Input/output error"
	done
	assert_equal "$(cat old)" old
	assert_equal "$(find . -name '.ovl*' -o -name new)" ''
}

@test "--atomic leaves the old file and no temporary name if the rename fails" {
	inject old renameat:error=EIO -- --atomic src old
	assert_failure 1
	assert_output "ovl-cp: cannot create regular file 'old': Input/output error"
	assert_equal "$(cat old)" old
	assert_equal "$(find . -name '.ovl*')" ''
}

@test "--atomic works where files cannot be without a name" {
	requires fusepy
	quirkfs_mount back quirk
	ovl_cp --atomic src quirk/new
	cmp src back/new
	ovl_cp --atomic -b src quirk/new
	assert_success
	assert_equal "$(ls -A back)" "$(printf '%s\n' new 'new~')"
}

@test "--atomic copies a tree with links and special files" {
	mkdir -p tree/sub && mkfifo tree/fifo && ln -s fifo tree/link && cp src tree/sub
	ln tree/sub/src tree/hard
	ovl_cp -a --atomic tree copy
	assert_equal "$(tree_dump copy)" "$(tree_dump tree)"
}

@test "--atomic and --attributes-only cannot be combined" {
	ovl_cp --atomic --attributes-only src new
	assert_failure
	assert_line --partial "cannot combine --atomic and --attributes-only"
}
