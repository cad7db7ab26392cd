#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The advice about sources that other processes use or other users own helps when it is followed.
# Some of it only the copy can give.
# shellcheck disable=SC2016,SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay
load ../../fixtures/explain

setup_file() { stack_file ext4 xfs setpriv; }

teardown() {
	[ -z "${swap-}" ] || swapoff "$swap" || :
	[ -z "${holder-}" ] || kill "$holder" || :
	lab_cleanup
}

# scene [OPTS]
scene() {
	file_make "$low/file" "$SIZE"
	stack "${1-}"
	cd "$merged" || return
	watched=("$merged" "$up")
}

# told TEXT ARG...: the copy with ARG... must not share its data, and must give the advice TEXT.
told() {
	run ${as_who-} "$OVL_CP" --debug "${@:2}"
	assert_success
	assert_output --partial "to share it: $1"
}

@test "swap space: swapoff" {
	requires swapon mkswap
	scene
	swap_on "$up/upper/swap"
	advised 'run swapoff on it first' swap new
	swapoff "$swap" && swap=
	followed swap new
}

@test "a lease: when it is given up" {
	scene metacopy=on # where the copy-up has to open the file for writing
	hold_lease file
	told 'try again when the other process has given up its lease' file new
	kill "$holder" && wait "$holder" || :
	holder=
	followed file new2
}

@test "a source that may not be written: as a user who may write it" {
	scene
	mkdir to && chmod 777 to
	as_who=as_user
	told 'run this as a user with write permission for the source' file to/new
	as_who=
	followed file to/new2
}

@test "times that a copy-up would change: as the owner, or as root" {
	file_make "$low/file" "$SIZE"
	chmod 666 "$low/file"
	stack metacopy=on && cd "$merged" && mkdir to && chmod 777 to
	watched=("$merged" "$up")
	chown 1 file # only this is copied up
	as_who=as_user
	told 'use --copy-up=always as the owner of the source, or as root' file to/new
	as_who=
	followed --copy-up=always file to/new2
}
