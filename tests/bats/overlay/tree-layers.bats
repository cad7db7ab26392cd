#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Trees whose directories are merged from several layers, and other kinds of overlays.
# shellcheck disable=SC2016,SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay
setup_file() { stack_file ext4 xfs tar; }

# layers [OPTS]: mounts a tree from two lower layers and the upper one, with some files deleted.
layers() {
	mkdir -p "$low/"{a,b}/tree/{sub,gone,new}
	for file in a/tree/{one,sub/one,gone/one,new/one} b/tree/{one,two,sub/two,gone/two}; do
		file_make "$low/$file" 9000 $((++seed))
	done
	low=$low/a:$low/b stack "$@" && cd "$merged" && rm -r tree/{two,gone,new} && mkdir tree/new
}

listing() { tar -c --sort=name -C "$1" . | sha256sum; } # content and attributes
# kept DEST ARG...: a copy with -a must have everything that is visible, and not change the tree.
kept() {
	was=$(listing tree)
	ovl_cp -a "${@:2}" tree "$1"
	assert_success
	assert_equal "$(listing "$1") $(listing tree)" "$was $was"
}

# clones FILE...: the tree must have these files, and --copy-up=always must clone them.
clones() {
	kept clones --copy-up=always
	for file; do assert_shares "$up/upper/"{tree,clones}/"$file"; done
	assert_equal "$(find "$up/upper/clones" ! -type d | wc -l)" $# # and no whiteouts
}

@test "what was deleted does not appear" { layers; clones one sub/one sub/two; }
@test "what was deleted does not appear with redirect_dir and metacopy either" {
	layers redirect_dir=on,metacopy=on
	mv tree/sub tree/moved && chmod 4711 tree/one tree/moved/one
	kept copy
	assert_not_copied_up tree/one tree/moved/one
	clones moved/one moved/two one
}

@test "--copy-up=always meets each file once while the directory is copied up" {
	mkdir "$low/tree" # more names than are read at a time
	for i in {100..299}; do echo "$i" >"$low/tree/$(printf %0253d "$i")"; done
	stack && cd "$merged" || return
	kept copy --copy-up=always
	assert_equal "$(find "$up/upper/"{tree,copy} -type f | wc -l)" 400
}

# from TYPE: copies a tree on a layer of this type, which must not be copied up.
from() {
	mkdir "$low/tree" && ln -s file "$low/tree/symlink" && mknod "$low/tree/device" c 1 3
	file_make "$low/tree/file" 2M && ln "$low/tree/file" "$low/tree/link"
	truncate -s 3M "$low/tree/hole"
	layer_make "$1" "$low.ro" "$low" && low=$low.ro stack && cd "$merged" || return
	kept copy
	assert_not_exists "$up/upper/tree"
}
@test "a tree from a squashfs" { from squashfs; }
@test "a tree from an erofs" { from erofs; }

@test "out of the overlay, even to its upper filesystem, nothing is copied up" {
	layers
	kept "$up/out" --copy-up=always
	mount -o remount,ro "$merged"
	kept "$up/again" --copy-up=always
	assert_not_copied_up tree/{one,sub/one,sub/two}
}

@test "in an overlay that an ordinary user mounted, --copy-up=always clones" {
	requires userns setpriv
	mkdir -p "$merged" "$up/"{upper,work} "$low/tree" && file_make "$low/tree/file" "$SIZE"
	chown -R 65534:65534 "$up/"{upper,work} "$low/tree"
	as_user unshare -Urm sh -ec 'mount -t overlay -o "$1" overlay "$2"; cd "$2"
		"$OVL_CP" -a --copy-up=always tree copy; "$OVL_CP" -a --fan-out tree a b' \
		sh "userxattr,lowerdir=$low,upperdir=$up/upper,workdir=$up/work" "$merged"
	assert_shares "$up/upper/"{tree,copy,a,b}/file
}
