#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Past an overlay: names and mounts, of the source and of the layers, of every kind.
# shellcheck disable=SC2016,SC2030,SC2031,SC2034,SC2154 # variables of the fixtures
# needs: images

load ../../fixtures/overlay
load ../../fixtures/bypass

setup_file() { stack_file xfs xfs; }

@test "a source in a directory of the overlay that is mounted elsewhere, or is itself" {
	mkdir -p "$low/a/b" "$BATS_TEST_TMPDIR/dir"
	file_make "$low/a/b/file" "$SIZE"
	: >"$BATS_TEST_TMPDIR/file"
	stack
	mount --bind "$merged/a" "$BATS_TEST_TMPDIR/dir"
	mount --bind "$merged/a/b/file" "$BATS_TEST_TMPDIR/file"
	assert_past "$low/a/b/file" "$BATS_TEST_TMPDIR/dir/b/file" "$lower_out/copy"
	assert_past "$low/a/b/file" "$BATS_TEST_TMPDIR/file" "$lower_out/copy2"
}

@test "a source with a name that looks removed, and one that was renamed" {
	file_make "$low/file (deleted)" "$SIZE"
	stack
	assert_past "$low/file (deleted)" "$merged/file (deleted)" "$lower_out/copy"
	file_make "$merged/old" "$SIZE"
	past "$merged/old" "$out/copy" "mv '$merged/old' '$merged/new'"
	assert_output cloned
	assert_shares "$up/upper/new" "$out/copy"
}

@test "layers and files with a comma, a colon, spaces and more in their names" {
	layer=$low/$'a,b c\\d\ne:f'
	escaped=${layer//\\/\\\\}
	escaped=${escaped//:/\\:}
	mkdir "$layer" "$merged"
	file_make "$layer/"$'x,y z\\\n:' "$SIZE"
	# the words of mount(8) do not do for these
	overlay_make "$merged" "${escaped//,/\\,}" "$up"
	assert_past "$layer/"$'x,y z\\\n:' "$merged/"$'x,y z\\\n:' "$lower_out/copy"
}

@test "a link on the path to a layer is followed, as the mount did; one in a layer is not" {
	mkdir "$low/real"
	file_make "$low/real/file" "$SIZE"
	ln -s real "$low/link"
	overlay_make "$merged" "$low/link" "$up"
	assert_past "$low/real/file" "$merged/file" "$lower_out/copy"
	mkdir "$low/real/dir" "$low/elsewhere"
	umount "$merged"
	mv "$low/real/file" "$low/real/dir/file"
	overlay_make "$merged" "$low/link" "$up"
	past "$merged/dir/file" "$lower_out/copy" \
		"mv '$low/real/dir' '$low/elsewhere'; ln -s '$low/elsewhere/dir' '$low/real/dir'"
	assert_failure 1
}

@test "what is mounted in a layer hides it" {
	mkdir -p "$low/a/dir"
	file_make "$low/a/dir/file" "$SIZE"
	stack
	mount --bind "$low/a/dir" "$low/a/dir"
	assert_no_way "$merged/a/dir/file" "$lower_out/copy"
}

@test "layers by relative paths are not looked for" {
	file_make "$low/file" "$SIZE"
	mkdir "$merged"
	cd "$low/.."
	mount -t overlay -o "lowerdir=${low##*/}:$out" overlay "$merged"
	grep -q "lowerdir=${low##*/}:" /proc/self/mountinfo
	assert_no_way "$merged/file" "$lower_out/copy"
}

@test "two hundred layers, the file in the lowest" {
	mkdir -p "$low/"{1..200}/dir "$merged"
	file_make "$low/200/dir/file" "$SIZE"
	# the options of mount(2) are one page, so the paths must be short
	mount --bind "$low" /mnt
	list=$(printf ':/mnt/%d' {1..200})
	mount -t overlay -o "lowerdir=${list#:}" overlay "$merged"
	assert_past "$low/200/dir/file" "$merged/dir/file" "$lower_out/copy"
}
