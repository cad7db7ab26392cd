#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The advice of --explain about sources that cannot be copied up helps when it is followed.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay
load ../../fixtures/explain

setup_file() { stack_file ext4 xfs chattr; }

scene() {
	file_make "$low/linked" 7000 && ln "$low/linked" "$low/linked2"
	stack
	cd "$merged" || return
	watched=("$merged" "$up")
}

@test "hard links, also of a small file: an overlay with index=on" {
	scene
	advised 'mount the overlay with index=on' linked new
	cd / && umount "$merged"
	stack index=on
	cd "$merged" || return
	followed --copy-up=always linked new
	assert_equal "$(stat -c %h linked)" 2
}

@test "a running program, and an immutable file" {
	cp "$(type -P sleep)" "$low/program"
	file_make "$low/fixed" "$SIZE" && chattr +i "$low/fixed"
	scene
	./program 600 3>&- &
	pid=$!
	until_true test "/proc/$pid/exe" -ef program
	advised 'copy it when the program has ended' program new
	kill "$pid" && wait "$pid" || :
	followed --copy-up=always program new
	advised 'remove the flag (chattr -i) on the layer itself' fixed new2
	cd / && umount "$merged" && chattr -i "$low/fixed"
	stack && cd "$merged" && followed fixed new2
}
