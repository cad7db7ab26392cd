#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# st_dev and st_ino are a hint only: on some overlays and filesystems in user space two files have
# one pair of numbers, and a directory gets another one once the kernel has forgotten it.
# shellcheck disable=SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay
setup_file() { stack_file ext4 xfs tar; }

# sums DIR: the contents of every file below it.
sums() { (cd "$1" && find . -type f -exec sha256sum {} + | sort -k 2); }

# Two layers on two filesystems, with hard links whose inodes have equal numbers, sizes and times.
collisions() {
	local i other
	fs_make ext4 "$BATS_TEST_TMPDIR/c" 64
	fs_make ext4 "$BATS_TEST_TMPDIR/d" 64
	for other in c d; do
		mkdir "$BATS_TEST_TMPDIR/$other/l"
		for i in 1 2 3 4 5 6; do
			echo "$other$i" >"$BATS_TEST_TMPDIR/$other/l/$other$i"
			ln "$BATS_TEST_TMPDIR/$other/l/$other$i" "$BATS_TEST_TMPDIR/$other/l/${other}x$i"
			touch -d 2001-01-01 "$BATS_TEST_TMPDIR/$other/l/$other$i"
			ln -s "$other$i" "$BATS_TEST_TMPDIR/$other/l/s$other$i"
			ln "$BATS_TEST_TMPDIR/$other/l/s$other$i" "$BATS_TEST_TMPDIR/$other/l/t$other$i"
		done
	done
}

@test "files of two layers with one inode number do not become hard links of one" {
	requires fuse-overlayfs
	collisions
	mkdir "$up/u" "$up/w" "$up/out" "$merged"
	fuse-overlayfs -o "lowerdir=$BATS_TEST_TMPDIR/c/l:$BATS_TEST_TMPDIR/d/l,upperdir=$up/u,workdir=$up/w" \
		"$merged"
	# the test is one only if there are collisions
	run bash -c "cd '$merged' && stat -c '%D:%i' c[1-6] d[1-6] | sort | uniq -d"
	assert_output
	ovl_cp -a "$merged/." "$up/out"
	assert_success
	assert_equal "$(sums "$up/out")" "$(sums "$merged")"
	assert_equal "$(find "$up/out" -type f -printf '%n ')" "$(printf '2 %.0s' {1..24})"
	[ "$up/out/c3" -ef "$up/out/cx3" ]
	[ "$up/out/d5" -ef "$up/out/dx5" ]
	for link in sc1 td6; do assert_equal "$(readlink "$up/out/$link")" "$(readlink "$merged/$link")"; done
	# within the filesystem: one is not refused as the other
	for i in 1 2 3 4 5 6; do
		ovl_cp "$merged/c$i" "$merged/d$i"
		assert_success
		assert_equal "$(<"$merged/d$i")" "c$i"
	done
}

@test "files of an upper layer and directories of a lower one may have one number" {
	requires fs:btrfs btrfs
	local f=$BATS_TEST_TMPDIR/f i
	fs_make btrfs "$f" 300
	btrfs -q subvolume create "$f/base"
	for i in 1 2 3 4 5 6; do mkdir "$f/base/d$i" && echo "low $i" >"$f/base/d$i/file"; done
	btrfs -q subvolume snapshot -r "$f/base" "$f/snap"
	btrfs -q subvolume create "$f/rw"
	overlay_make "$merged" "$f/snap" "$f/rw"
	for i in 1 2 3 4 5 6 7 8; do echo "new $i" >"$merged/n$i" && ln "$merged/n$i" "$merged/m$i"; done
	mkdir "$f/out"
	ovl_cp -a "$merged/." "$f/out"
	assert_success
	assert_equal "$(cd "$f/out" && cat n? m? d?/file)" "$(cd "$merged" && cat n? m? d?/file)"
	assert_equal "$(stat -c %h "$f/out/n3")" 2
}

@test "a directory that gets another number before it is opened is copied" {
	local k
	mkdir -p "$low/tree/w1/d1/d2" "$up/out" && echo x >"$low/tree/w1/d1/d2/file"
	stack
	k=$(stat -c %i "$merged/tree/w1/d1")
	echo 2 >/proc/sys/vm/drop_caches
	[ "$k" != "$(stat -c %i "$merged/tree/w1/d1")" ] || cannot_run 'directories keep their numbers here'
	requires strace
	(while :; do echo 2; sleep 0.01; done >/proc/sys/vm/drop_caches) 3>&- &
	run strace -f -qq -o /dev/null -e trace=openat,newfstatat \
		-e inject=openat,newfstatat:delay_exit=30000 "$OVL_CP" -a "$merged/tree" "$up/out/copy"
	kill $!
	assert_success
	assert_output ''
	assert_equal "$(<"$up/out/copy/w1/d1/d2/file")" x
}

@test "hard links are kept where every name has a number of its own" {
	requires mergerfs
	local b=$BATS_TEST_TMPDIR
	mkdir "$b/b1" "$b/b2" "$b/src" "$b/m" && echo 1 >"$b/src/f" && ln "$b/src/f" "$b/src/g"
	mergerfs "$b/b1:$b/b2" "$b/m"
	run "$OVL_CP" -a "$b/src" "$b/m/copy"
	umount "$b/m"
	assert_success
	assert_equal "$(cat "$b"/b?/copy/f "$b"/b?/copy/g)" '1
1'
	assert_equal "$(stat -c %h "$b"/b?/copy/f)" 2
}

@test "what is mounted on a directory by opening it is copied" {
	local d=$BATS_TEST_TMPDIR/dbg
	mkdir "$d" && mount -t debugfs debug "$d" && [ -d "$d/tracing" ] || cannot_run 'no debugfs'
	until ! umount "$d/tracing" 2>/dev/null; do :; done
	# the rest of it would be read for ever
	run "$OVL_CP" -r --attributes-only "$d/tracing" "$BATS_TEST_TMPDIR/copy"
	refute_output --partial 'Stale file handle'
	assert_exists "$BATS_TEST_TMPDIR/copy/README"
}
