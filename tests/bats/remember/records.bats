#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --remember: where the records are, and who may have them.
# shellcheck disable=SC2030,SC2031,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/remember

setup_file() { stack_file ext4 xfs reflink:xfs; }

@test "the directory of the records is made for the caller alone" {
	a_file
	copies "$merged/file" "$merged/1"
	assert_equal "$(stat -c '%a %u' "$records")" "700 $(id -u)"
	assert_equal "$(stat -c %a "$records"/* | sort -u)" 600
	assert_equal "$(find "$up" "$low" -name '*copies-1*')" ''
}

@test "a directory that others have rights to, or own, is not used, and that is said" {
	requires root
	a_file
	mkdir "$records"
	for change in 'chmod 755' 'chown 1000' 'chmod 1777'; do
		$change "$records"
		ovl_cp --remember="$records" "$merged/file" "$merged/${change% *}"
		assert_success
		assert_output --partial "is remembered: cannot use the directory '$records': Operation not permitted"
		assert_equal "$(ls "$records")" ''
		chown 0 "$records"
		chmod 700 "$records"
	done
	mkdir "$low/tree" && for i in {1..99}; do echo "$i" >"$low/tree/$i"; done
	chmod 755 "$records"
	ovl_cp --remember="$records" -a -j4 "$low/tree" "$merged/tree"
	assert_equal "$(grep -c 'is remembered: cannot use' <<<"$output")" 1
	OVL_CP_REMEMBER=$records ovl_cp "$low/tree/1" "$merged/quiet"
	assert_output ''
	OVL_CP_REMEMBER=$records ovl_cp --debug "$low/tree/1" "$merged/loud"
	assert_output --partial 'is remembered: cannot use'
	chmod 700 "$records"
	ln -s "$records" "$records.link"
	ovl_cp --remember="$records.link" "$merged/file" "$merged/link"
	assert_success
	assert_output --partial 'Not a directory'
	assert_equal "$(ls "$records")" ''
}

@test "the variable stands for the option, and the records are in XDG_RUNTIME_DIR or /dev/shm" {
	a_file
	mkdir "$BATS_TEST_TMPDIR/run"
	export OVL_CP_REMEMBER=yes XDG_RUNTIME_DIR=$BATS_TEST_TMPDIR/run
	ovl_cp "$merged/file" "$merged/1"
	assert_exists "$XDG_RUNTIME_DIR/ovl-cp/copies-1"
	ovl_cp --debug "$merged/file" "$merged/2"
	assert_output --partial clone-remembered
	ovl_cp --debug --remember=no "$merged/file" "$merged/3"
	refute_output --partial clone-remembered
	# shellcheck disable=SC2016 # for sh
	run unshare -m sh -c 'mount -t tmpfs tmpfs /dev/shm && XDG_RUNTIME_DIR=/nowhere "$OVL_CP" "$@" &&
		ls "/dev/shm/ovl-cp-$(id -u)"' sh "$merged/file" "$merged/4"
	assert_output --partial copies-1
	ovl_cp --version
	assert_output --partial "OVL_CP_REMEMBER='yes'"
}

# bytes_of_records MIB: copies 700 files with records of 6 KiB each, in a filesystem of MIB, and
# prints how many bytes of them are kept.
bytes_of_records() {
	local deep=many
	for i in {1..12}; do deep+=/$(printf '%0240d' "$i"); done
	rm -rf "$low/many" "$merged/copy"
	mkdir -p "$records" "$low/$deep"
	for i in {1..700}; do echo "$i" >"$low/$deep/$i"; done
	mount -t tmpfs -o "size=$1m,mode=700" tmpfs "$records" || return
	"$OVL_CP" --remember="$records" -a "$low/many" "$merged/copy" || return
	stat -c %s "$records/copies-1"
	umount "$records"
}

@test "records that fill half of their filesystem are dropped, fewer are kept" {
	requires root
	stack
	run bytes_of_records 6
	assert_success
	assert [ "$output" -lt "$((3 << 20))" ]
	run bytes_of_records 64
	assert_success
	assert [ "$output" -gt "$((4 << 20))" ]
}

@test "records are kept on a filesystem that does not tell its size" {
	requires root
	a_file
	mkdir "$records"
	mount -t tmpfs -o size=0,mode=700 tmpfs "$records"
	copies "$merged/file" "$merged/1"
	assert_recalled "$merged/file" "$merged/2"
	umount "$records"
}
