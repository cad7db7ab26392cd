#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --remember: records that are lost or wrong.
# shellcheck disable=SC2030,SC2031,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/remember

setup_file() { stack_file ext4 xfs reflink:xfs; }

@test "--forget removes the records, and copies nothing" {
	a_file
	copies "$merged/file" "$merged/1"
	ovl_cp --remember="$records" --forget
	assert_success
	assert_not_exists "$records"
	ovl_cp --remember="$records" --forget
	assert_success
	assert_rewritten "$merged/file" "$merged/2"
}

garble() { head -c 2M /dev/urandom >"$1"; }

@test "records that are torn, cut or made up do no harm" {
	a_file
	copies "$merged/file" "$merged/1"
	for damage in 'truncate -s 100' 'truncate -s 0' garble; do
		for file in copies-1 copies-1.index; do
			$damage "$records/$file"
			rm "$merged"/[0-9]*
			copies "$merged/file" "$merged/1"
			assert_recalled "$merged/file" "$merged/2"
		done
	done
}

@test "records that have filled their filesystem make room, also where the index did" {
	requires root
	mkdir "$low/tree" "$records"
	for i in {1..40}; do echo "$i" >"$low/tree/$i"; done
	a_file
	mount -t tmpfs -o size=64k,mode=700 tmpfs "$records"
	"$OVL_CP" --remember="$records" --copy-up=never -a "$merged/tree" "$merged/copy"
	export OVL_CP_COPY_UP=never
	copies "$merged/file" "$merged"/{1,2}
	assert_recalled "$merged/file" "$merged/3"
	umount "$records"
}
