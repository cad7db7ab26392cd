#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Trees in an overlay: which of their files are copied up.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay

setup_file() { stack_file ext4 xfs; }
files=(tree/small tree/big tree/sub/mid)

# tree TYPE [OPTS]: mounts the stack with a tree on a lower layer of that type.
tree() {
	mkdir -p "$low/tree/sub" "$low/to"
	file_make "$low/tree/small" 4096
	file_make "$low/tree/big" 17M
	file_make "$low/tree/sub/mid" "$SIZE"
	chmod 4750 "$low/tree/big"
	touch -d 2002-03-04 "$low/tree/"{sub,}
	[ "$1" = ext4 ] || { layer_make "$1" "$low.ro" "$low" && low=$low.ro; }
	stack "${2-}" && cd "$merged" && remember "${files[@]}"
}

# copies ARG...: nothing must be copied up, not even a directory.
copies() {
	ovl_cp "$@" tree copy
	assert_success
	diff -r tree copy
	assert_not_exists "$up/upper/tree"
	assert_untouched "${files[@]}"
	assert_grown_by $((SIZE + (17 << 20) + 4096))
}

# clones ARG...: every file must be copied up.
clones() {
	ovl_cp "$@" tree copy
	for file in "${files[@]}"; do assert_cloned "$file" "copy${file#tree}"; done
	assert_untouched "${files[@]}"
	assert_equal "$(stat -c %Y tree tree/sub | uniq)" 1015200000
	ovl_cp -R tree second # takes no space
	assert_grown_by $((SIZE + (17 << 20) + 4096))
}

@test "-R copies up no file, however large" { tree ext4; copies -R; }
@test "-a from an erofs copies up no file" { tree erofs; copies -a; }
@test "--copy-up-min has no effect in a tree" { tree ext4; copies -R --copy-up-min=1; }
@test "--copy-up=always copies up and clones each file" { tree ext4; clones -R --copy-up=always; }
@test "--copy-up=always does so with an erofs" { tree erofs; clones -R --copy-up=always; }
@test "--reflink=always copies up and clones each file" { tree ext4; clones -R --reflink=always; }

@test "a file that is on the upper layer already is cloned" {
	tree ext4
	chmod 600 tree/big
	ovl_cp -R tree copy
	assert_cloned tree/big copy/big
	assert_not_copied_up tree/small tree/sub/mid
	assert_grown_by $((SIZE + (17 << 20) + 4096))
}

@test "--copy-up=always copies hard links, which it would split, and clones the rest" {
	mkdir "$low/tree"
	file_make "$low/tree/link" "$SIZE"
	ln "$low/tree/link" "$low/name"
	tree ext4 index=off
	ovl_cp --debug -R --copy-up=always tree copy
	assert_copied tree/link copy/link
	assert_output --partial 'would break its hard links'
	assert_cloned tree/big copy/big
}

@test "a file named beside a tree follows the rule of single files; --debug gives the reasons" {
	file_make "$low/big" "$SIZE"
	tree ext4
	ovl_cp --debug -R tree big to
	assert_cloned big to/big
	assert_copied tree/big to/tree/big
	assert_output --partial "$SIZE shared, $SIZE copied up (rule: clone-upper)"
	assert_line --regexp "^  copied .*: $SIZE bytes written, 0 shared \(rule: (range|read-write)\)"
	assert_line --regexp "'tree/small' is on .* files in a directory tree are copied up only with --copy-up=always"
}
