#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --remember: which copies are recorded.
# shellcheck disable=SC2030,SC2031,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/remember

setup_file() { stack_file ext4 xfs reflink:xfs; }

# not_recorded ARG...: a copy by these arguments to $merged/1 is not used by the next call.
not_recorded() {
	ovl_cp --remember="$records" "$@" "$merged/1"
	assert_success
	assert_rewritten "$merged/file" "$merged/2"
}

@test "a copy that others may write to is not recorded" {
	a_file
	(umask 0 && OVL_CP_REMEMBER=$records "$OVL_CP" "$low/file" "$merged/0")
	rm -r "$records"
	chmod 666 "$merged/file"
	not_recorded -p "$merged/file"
}

@test "a file that existed is not recorded: others may have it open" {
	a_file
	echo old >"$merged/1"
	not_recorded "$merged/file"
}

@test "a clone is not recorded, the copy that it was made from is" {
	a_file
	copies "$merged/file" "$merged/1" "$merged/2"
	rm "$merged/1"
	assert_rewritten "$merged/file" "$merged/3"
}

@test "nothing is recorded of a source whose filesystem does not tell of changes, nor where clones cannot be" {
	fs_make tmpfs "$BATS_TEST_TMPDIR/tmp"
	file_make "$BATS_TEST_TMPDIR/tmp/file" 1M
	file_make "$low/file" 1M
	stack
	copies "$BATS_TEST_TMPDIR/tmp/file" "$merged/1"
	assert_rewritten "$BATS_TEST_TMPDIR/tmp/file" "$merged/2"
	copies "$merged/file" "$low/copy1"
	assert_rewritten "$merged/file" "$low/copy2"
}

@test "swap space is not recorded: the kernel writes to it, and to a copy of it, without a new ctime" {
	requires mkswap
	file_make "$low/file" 1M
	mkswap -q "$low/file"
	stack
	not_recorded "$merged/file"
	# as soon as it is no swap space any more
	cp "$merged/file" "$up/other"
	printf 'SWAPSPACE3' | dd of="$up/other" bs=1 seek=$(($(getconf PAGESIZE) - 10)) conv=notrunc status=none
	rm "$merged/1"
	sleep 0.1
	copies "$up/other" "$merged/1"
	assert_recalled "$up/other" "$merged/3"
}

@test "of a tree of small files a clone is tried now and then, also where copies are looked for" {
	requires strace
	mkdir "$low/tree"
	for i in {1..40}; do file_make "$low/tree/$i" 100; done
	stack
	for how in no "$records"; do
		strace -f -o "$BATS_TEST_TMPDIR/trace" -e trace=ioctl "$OVL_CP" --remember="$how" -R -j1 "$merged/tree" "$merged/new"
		assert_equal "$(grep -c 'FICLONE, .*EXDEV' "$BATS_TEST_TMPDIR/trace")" 3
		rm -r "$merged/new"
	done
}

@test "a file that the caller may not write is recorded, if it is on a lower layer" {
	requires root setpriv
	file_make "$low/file" 1M
	stack
	chmod 777 "$merged"
	chmod 755 "$BATS_TEST_TMPDIR"
	install -d -o 65534 "$BATS_TEST_TMPDIR/his"
	for i in 1 2 3; do
		as_user "$OVL_CP" --remember="$BATS_TEST_TMPDIR/his/records" "$merged/file" "$merged/$i"
		cmp "$low/file" "$merged/$i"
	done
	assert_grown_by $((1 << 20))
}

@test "a dry run makes no directory of records, and says what the copy would do" {
	a_file
	ovl_cp --remember="$records" --explain "$merged/file" "$merged/1"
	assert_success
	refute_output --partial 'copied up and'
	assert_line --regexp '^  method: +copied'
	assert_not_exists "$records"
	ovl_cp --remember="$BATS_TEST_TMPDIR/none/records" --dry-run "$merged/file" "$merged/1"
	assert_output --partial "cannot use the directory '$BATS_TEST_TMPDIR/none/records': No such file or directory"
	copies "$merged/file" "$merged/1"
	rm "$records"/*
	ovl_cp --remember="$records" --dry-run "$merged/file" "$merged/2"
	assert_success
	assert_equal "$(ls "$records")" ''
}
