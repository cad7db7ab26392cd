#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The filesystems of layers are named if they are mounted here, and layers are never opened.
# shellcheck disable=SC2016,SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay
load ../../fixtures/look

setup_file() {
	requires loop overlay fs:ext4 fs:xfs "$LOOK" || return 0
	fs_make ext4 "$BATS_FILE_TMPDIR/low" 64 '' -L 'my lower' -U 01234567-89ab-cdef-0123-456789abcdef
	# nouuid: another run of this test on this machine has the same UUID
	fs_make xfs "$BATS_FILE_TMPDIR/up" 512 nouuid -L upper -m uuid=fedcba98-7654-3210-fedc-ba9876543210
}

lower='(ext4,my lower,01234567-89ab-cdef-0123-456789abcdef)'
upper='(xfs,upper,fedcba98-7654-3210-fedc-ba9876543210)'

begin() { : >"$low/file" && stack; }

@test "each layer with type, label and UUID" {
	begin
	look --layers "$merged/file"
	assert_output "upper $up/upper $upper"$'\n'"work $up/work $upper"$'\n'"lower $low $lower"
}

@test "without an upper layer too" {
	: >"$low/file"
	overlay_make "$merged" "$low:$up" -
	look --layers "$merged/file"
	assert_output "lower $low $lower"$'\n'"lower $up $upper"
}

@test "something else that is mounted in their place is not taken for them" {
	begin
	none="upper $up/upper"$'\n'"work $up/work"$'\n'"lower $low"
	mount -t tmpfs tmpfs "$up"
	look --layers "$merged/file"
	assert_output "$none"
	umount "$up"
	mount --bind "$merged" "$BATS_FILE_TMPDIR/up" # which has the device numbers of its upper layer
	look --layers "$merged/file"
	umount "$BATS_FILE_TMPDIR/up"
	assert_output "$none"
}

@test "relative ones are text" {
	mkdir "$up/"{l,u,w} && : >"$up/l/file" && cd "$up"
	look_mount_text lowerdir=l,upperdir=u,workdir=w
	cd /
	look --layers "$merged/file"
	assert_output $'upper u\nwork w\nlower l'
}

@test "in a container none is visible, and none is opened" {
	requires strace ldd chroot
	mkdir "$low/proc" "$low/dev"
	head -c 4 "$LOOK" | grep -aq ELF || cannot_run 'the program is a script that starts another one'
	cp "$LOOK" "$low/look"
	{ ldd "$LOOK" | grep -o '/[^ ]*' && ls /usr/lib/*/lib{mount,blkid,selinux,pcre2-8}.so.*; } |
		while read -r library; do
			install -D "$library" "$low$library" || return
		done
	begin
	run strace -f -qq -e trace=open,openat,openat2 -o "$BATS_TEST_TMPDIR/trace" \
		unshare --mount sh -ec 'mount --bind /proc "$1/proc"; umount -l "$2"; umount -l "$3"
			exec chroot "$1" /look --layers /look' \
		sh "$merged" "$BATS_FILE_TMPDIR/low" "$BATS_FILE_TMPDIR/up"
	assert_output "upper $up/upper"$'\n'"work $up/work"$'\n'"lower $low"
	run -1 grep -F -e "\"$low" -e "\"$up" "$BATS_TEST_TMPDIR/trace"
}

@test "in sight the mount points are opened by O_PATH, and the directories that a copy-up needs for reading" {
	requires strace
	begin
	strace -f -e trace=openat,openat2,open -o "$BATS_TEST_TMPDIR/trace" "$LOOK" --layers "$merged/file"
	run grep -F -e "\"$BATS_FILE_TMPDIR" "$BATS_TEST_TMPDIR/trace"
	assert_equal "$(grep -vc -e O_PATH -e "/upper\", O_RDONLY.*O_DIRECTORY" -e "/work\", O_RDONLY.*O_DIRECTORY" \
		<<<"$output")" 0
}
