#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Layer bypass: paths of layers of every kind.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # variables of the fixtures
# needs: images

load ../../fixtures/overlay
load ../../fixtures/bypass

setup_file() { stack_file xfs xfs; }

@test "layers and files with a comma, a colon, spaces and more in their names" {
	layer=$low/$'a,b c\\d\ne:f'
	escaped=${layer//\\/\\\\}
	escaped=${escaped//:/\\:}
	mkdir "$layer" "$merged"
	file_make "$layer/"$'x,y z\\\n:' "$SIZE"
	# the option syntax of mount(8) cannot express these
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
	# the options of mount(2) are limited to one page, so the paths must be short
	mount --bind "$low" /mnt
	list=$(printf ':/mnt/%d' {1..200})
	mount -t overlay -o "lowerdir=${list#:}" overlay "$merged"
	assert_past "$low/200/dir/file" "$merged/dir/file" "$lower_out/copy"
}

@test "layers by paths relative to a parent directory of the upper one, as engines mount them" {
	mkdir -p "$up/snapshots/"{1/fs,2/fs,60/fs,60/work} "$merged"
	file_make "$up/snapshots/1/fs/file" "$SIZE"
	(cd "$up/snapshots" && mount -t overlay overlay "$merged" \
		-o "lowerdir=2/fs:1/fs,upperdir=$PWD/60/fs,workdir=$PWD/60/work")
	assert_past "$up/snapshots/1/fs/file" "$merged/file" "$out/copy"
	"${OVL_STAT:-${OVL_CP%/*}/ovl-stat}" --json "$merged/file" | grep -q '"path":"1/fs","visible":true'
}

@test "all layers by paths relative to a parent directory of the mount point" {
	mkdir -p "$up/storage/"{l/A,l/B,id/diff,id/work,id/merged}
	file_make "$up/storage/l/B/file" "$SIZE"
	(cd "$up/storage" && mount -t overlay overlay id/merged \
		-o lowerdir=l/A:l/B,upperdir=id/diff,workdir=id/work)
	assert_past "$up/storage/l/B/file" "$up/storage/id/merged/file" "$out/copy"
	umount "$up/storage/id/merged"
}

@test "a directory that only has the same relative paths is not taken for them" {
	mkdir -p "$up/snapshots/"{1/fs,60/fs,60/work} "$up/snapshots/60/1/fs" "$merged"
	file_make "$up/snapshots/1/fs/file" "$SIZE" 1
	file_make "$up/snapshots/60/1/fs/file" "$SIZE" 2
	touch -r "$up/snapshots/1/fs/file" "$up/snapshots/60/1/fs/file"
	(cd "$up/snapshots" && mount -t overlay overlay "$merged" \
		-o "lowerdir=1/fs,upperdir=$PWD/60/fs,workdir=$PWD/60/work")
	assert_no_way "$merged/file" "$out/copy"
}
