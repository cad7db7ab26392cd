#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# In a container the paths of the layers lead nowhere or, worse, to other files: only the files on
# the command line are opened.
# shellcheck disable=SC2016,SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay

setup_file() { stack_file ext4 xfs; }

# traced ARG...: runs the program in $merged; sets opened to the paths that it opened, one per line,
# from the source on, without those of the dynamic loader.
traced() {
	cd "$merged" || return
	run strace -f -qq -e trace=open,openat,openat2 -e signal=none \
		-o "$BATS_TEST_TMPDIR/trace" "$OVL_CP" "$@"
	printf 'status %d\n%s\n' "$status" "$output"
	cat "$BATS_TEST_TMPDIR/trace"
	opened=$(sed -n '/"file"/,$s/^[^"]*"\([^"]*\)".*/\1/p' "$BATS_TEST_TMPDIR/trace")
	[ -n "$opened" ] || fail 'the source was not opened'
}

@test "a copy-up and a clone open the two files, and what tells the options of the overlay" {
	requires strace
	file_make "$low/file" "$SIZE"
	stack
	traced file copy
	assert_cloned file copy
	while read -r path; do
		[[ $path =~ ^(file|copy|\.?/?|/proc/(self|thread-self)/fd/[0-9]+)$ ||
			$path = /proc/self/mountinfo || $path = /sys/module/overlay/parameters/* ]] ||
			fail "opened $path"
	done <<<"$opened"
	run -1 grep -E 'libmount|libblkid' "$BATS_TEST_TMPDIR/trace"
}

@test "a plain clone does not even need /proc" {
	requires strace
	file_make "$low/file" "$SIZE"
	stack
	: >>"$merged/file"
	traced file copy
	assert_cloned file copy
	while read -r path; do
		[[ $path =~ ^(file|copy|\.?/?)$ ]] || fail "opened $path"
	done <<<"$opened"
	run -1 grep -E 'mountinfo|libmount|libblkid' "$BATS_TEST_TMPDIR/trace"
}

@test "even where the table of mounts is needed no path of a layer is opened" {
	requires strace
	mkdir "$low/dir" "$BATS_TEST_TMPDIR/bind"
	file_make "$low/file" "$SIZE"
	ln "$low/file" "$low/second"
	stack index=on
	mount --bind "$merged/dir" "$BATS_TEST_TMPDIR/bind"
	traced --debug file "$BATS_TEST_TMPDIR/bind/copy"
	assert_cloned file dir/copy
	grep -q mountinfo "$BATS_TEST_TMPDIR/trace"
	run -1 grep -F -e "$low" -e "$up" "$BATS_TEST_TMPDIR/trace"
}

@test "in a root directory from which no layer can be seen" {
	requires strace ldd chroot
	head -c 4 "$OVL_CP" | grep -aq ELF || cannot_run 'the program is a script that starts another one'
	file_make "$low/file" "$SIZE"
	mkdir "$low/proc"
	cp "$OVL_CP" "$low/ovl-cp"
	ldd "$OVL_CP" | grep -o '/[^ ]*' | while read -r library; do
		install -D "$library" "$low$library" || return
	done
	stack
	remember "$merged/file"
	# The overlay keeps the filesystems of its layers in use.
	run strace -f -qq -e trace=open,openat,openat2 -o "$BATS_TEST_TMPDIR/trace" \
		unshare --mount sh -ec 'mount --bind /proc "$1/proc"; umount -l "$2"; umount -l "$3"
			exec chroot "$1" /ovl-cp --reflink=always /file /copy' \
		sh "$merged" "$BATS_FILE_TMPDIR/low" "$BATS_FILE_TMPDIR/up"
	assert_cloned file copy
	assert_untouched "$merged/file"
	run -1 grep -F -e "\"$low" -e "\"$up" "$BATS_TEST_TMPDIR/trace"
}
