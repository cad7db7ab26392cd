#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --dedupe -R compares two trees by name.
# needs: images

load ../../fixtures/common
load ../../fixtures/dedupe

setup_file() { dedupe_file xfs; }

setup() {
	lab_setup
	cd "$(mktemp -d -p "$BATS_FILE_TMPDIR/xfs")" || return
	mkdir -p a/sub/deep
	file_make a/one 100K && file_make a/sub/two 5000 && file_make a/sub/deep/three 70000
	"$OVL_CP" -a --reflink=never a b
}

@test "the files of two trees share by their names" {
	unchanged -R --dedupe -v a b
	assert_success
	assert_equal "$(sort <<<"$output")" "$(printf '%s\n' "'a/one' -> 'b/one'" \
		"'a/sub/deep/three' -> 'b/sub/deep/three'" "'a/sub/two' -> 'b/sub/two'")"
	for name in one sub/two sub/deep/three; do shares_extents a/$name b/$name; done
	unchanged -R --dedupe -v a/ ./b// b
	assert_success
	refute_output
}

@test "without -R a directory is an error; a file stands for that of its name in a directory" {
	unchanged --dedupe a b
	assert_failure 1
	assert_output "ovl-cp: -r not specified; omitting directory 'a'"
	unchanged --dedupe -v a/one b
	assert_success
	assert_output "'a/one' -> 'b/one'"
	unchanged --dedupe -T a/one b
	assert_failure 1
	assert_output "ovl-cp: 'b' and 'a/one' are not both regular files, nor both directories"
}

@test "of two hard links --explain counts the data once, as it is shared" {
	ln a/one a/link && ln b/one b/link
	ovl_cp --dedupe -R --explain=summary a b
	assert_success
	explained=$(grep bytes: <<<"$output")
	ovl_cp --dedupe -R --stats a b
	assert_success
	assert_equal "$explained" "  bytes:       0 written, 177400 (173.2 KiB) shared"
	assert_line --partial "data:  173.2 KiB shared"
}

@test "what is missing, of another kind or different is told, and the rest goes on" {
	rm -r b/sub/two b/sub/deep && mkdir b/sub/two && echo x >b/one && ln -s ../../a/sub/deep b/sub/deep
	file_make a/sub/last 9000 && twin a/sub/last b/sub/last
	unchanged -R --dedupe a b
	assert_failure 1
	assert_equal "$(sort <<<"$output")" "$(printf 'ovl-cp: %s\n' \
		"'b/one' differs from 'a/one' at offset 2, and is left alone" \
		"'b/sub/deep' and 'a/sub/deep' are not both regular files, nor both directories" \
		"'b/sub/two' and 'a/sub/two' are not both regular files, nor both directories")"
	shares_extents a/sub/last b/sub/last
}

@test "links and special files of the source are passed over, those of the destination not followed" {
	ln -s one a/link && mkfifo a/pipe && mknod a/dev c 1 3
	mv b/one real && ln -s ../real b/one
	unchanged -R --dedupe a b
	assert_failure 1
	assert_output "ovl-cp: 'b/one' and 'a/one' are not both regular files, nor both directories"
}

@test "a tree deeper than a path may be long is compared to its end" {
	for ((i = 0; i < 30; i++)); do
		name=$(printf '%0200d' "$i") && mkdir -p x/"$name" y/"$name" && mv x x2 && mv y y2 && mkdir x y && mv x2 x/d && mv y2 y/d
	done
	(cd x && for ((i = 0; i < 30; i++)); do cd d; done && file_make deep 9000)
	(cd y && for ((i = 0; i < 30; i++)); do cd d; done && file_make deep 9000)
	unchanged -R --dedupe -v x y
	assert_equal "$status ${#lines[@]}" '0 1'
}

@test "with -x another filesystem in the tree is left out" {
	mkdir a/mnt && mount -t tmpfs tmpfs a/mnt && file_make a/mnt/file 5000 && mkdir b/mnt
	unchanged -R -x --dedupe a b
	assert_success
	unchanged -R --dedupe a b
	umount a/mnt
	assert_failure 1
	assert_output "ovl-cp: cannot stat 'b/mnt/file': No such file or directory"
}
