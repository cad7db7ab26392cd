#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Layer bypass: files that change in the meantime.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # variables of the fixtures
# needs: images

load ../../fixtures/overlay
load ../../fixtures/bypass

setup_file() { stack_file xfs xfs; }

@test "a file that was replaced since it was opened is not taken for the new one" {
	stack
	file_make "$merged/file" "$SIZE"
	file_make "$merged/new" "$SIZE" 99
	touch -r "$merged/file" "$merged/new"
	assert_no_way "$merged/file" "$out/copy" "mv '$merged/new' '$merged/file'"
}

@test "a file that was removed since it was opened is not found" {
	stack
	file_make "$merged/file" "$SIZE"
	assert_no_way "$merged/file" "$out/copy" \
		"mv '$merged/file' '$merged/file (deleted)'; cp -p '$merged/file (deleted)' '$merged/x'
		ln '$merged/x' '$merged/y'; rm '$merged/file (deleted)'"
}

@test "a file that was copied up since it was opened is the one on the upper layer" {
	file_make "$low/file" "$SIZE"
	file_make "$low/other" "$SIZE"
	stack
	assert_no_way "$merged/file" "$lower_out/copy" ": >>'$merged/file'"
	past "$merged/other" "$out/copy" "echo more | dd of='$merged/other' conv=notrunc status=none"
	assert_output cloned
	assert_shares "$up/upper/other" "$out/copy"
}

@test "a file that is replaced all the time is either found or not, but never another one" {
	stack
	file_make "$merged/one" "$SIZE" 1
	file_make "$merged/two" "$SIZE" 2
	while :; do
		cp -p "$merged/one" "$merged/new" && mv "$merged/new" "$merged/file"
		cp -p "$merged/two" "$merged/new" && mv "$merged/new" "$merged/file"
	done 3>&- &
	writer=$!
	until_true test -e "$merged/file"
	found=0
	for ((i = 0; i < 200; i++)); do
		past "$merged/file" "$out/copy" :
		[ "$output" = cloned ] || [ "$output" = 'not found: No such file or directory' ] || break
		[ "$output" != cloned ] || found=$((found + 1))
	done
	kill "$writer"
	[ "$i" = 200 ] && [ "$found" -gt 0 ]
}

@test "a file that grows all the time does no harm" {
	stack
	while :; do echo line; done 3>&- >>"$merged/file" &
	writer=$!
	until_true test -s "$merged/file"
	for ((i = 0; i < 100; i++)); do
		past "$merged/file" "$out/copy"
		[ "$output" = cloned ] || [ "$output" = 'not found: No such file or directory' ] || break
		cmp -n "$(stat -c %s "$out/copy")" "$merged/file" "$out/copy" || break
	done
	kill "$writer"
	[ "$i" = 100 ]
}
