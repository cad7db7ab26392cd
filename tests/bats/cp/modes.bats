#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The mode of a copy without -p.
# shellcheck disable=SC2317 # scene is called by the fixture

load ../../fixtures/common
load ../../fixtures/cp

scene() {
	local mode
	for mode in 0600 0644 0755 0777 0444 0000 4755 2755 6777 1755 7777; do
		echo "$mode" >"m$mode"
		chmod "$mode" "m$mode"
	done
	mkdir dir
	echo old >old
	chmod 640 old
}

each() {
	for mode in 0600 0644 0755 0777 0444 0000 4755 2755 6777 1755 7777; do
		[ "$mode" != 0000 ] || [ "$(id -u)" = 0 ] || continue # cannot be read
		rm -rf "$BATS_TEST_TMPDIR"/{cp,ovl}
		same_as_cp "$@" "m$mode" "${to:-new}"
	done
}

@test "a new file has the source's mode without the umask" { each; }

@test "a new file under umask 077" {
	umask 077
	each
}

@test "a new file under umask 0" {
	umask 0
	each
}

@test "a new file under umask 0777" {
	requires root
	scene() {
		umask 0
		echo a >m7777
		chmod 7777 m7777
	}
	umask 0777
	mode=7777 same_as_cp m7777 new
	umask 022
}

@test "an existing file keeps its mode" { to=old each; }

@test "a file made by --remove-destination has the source's mode" {
	to=old each --remove-destination
}

@test "a file made by -f has the source's mode" {
	scene() {
		chmod 777 .
		echo source >src
		chmod 755 src
		echo closed >closed
		chmod 400 closed
		chown 1 . closed src
	}
	requires root
	twin_as=as_user same_as_cp -f src closed
}

@test "a set-id bit of an existing file goes when an ordinary user writes it" {
	requires root
	scene() {
		echo source >src
		echo old >old
		chown 65534 old
		chmod 6777 old
	}
	twin_as=as_user same_as_cp src old
}

@test "a default access list of the directory is honoured" {
	requires setfacl
	scene() {
		mkdir dir
		setfacl -d -m u:1:rw,g::r,o::- dir
		echo source >src
		chmod 666 src
	}
	same_as_cp src dir
	diff <(cd "$BATS_TEST_TMPDIR/cp" && getfacl -n dir/src) \
		<(cd "$BATS_TEST_TMPDIR/ovl" && getfacl -n dir/src)
	getfacl -n "$BATS_TEST_TMPDIR/ovl/dir/src" | grep -qx 'user:1:rw-'
}

@test "a directory with the set-group-id bit gives its group" {
	requires root
	scene() {
		mkdir dir
		chgrp 7 dir
		chmod 2755 dir
		echo source >src
	}
	same_as_cp src dir
}
