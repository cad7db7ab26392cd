#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Overlays with various mount options: under every option of the program --explain predicts what the
# copy does.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay
load ../../fixtures/kind

setup_file() { stack_file ext4 xfs fs:squashfs setfattr; }

@test "metacopy: of files whose metadata was copied up the data follows if asked for, and the times stay" {
	sources "$low/file" "$SIZE"
	stack metacopy=on
	chmod 600 "$merged/file."*
	remember "$merged/file."*
	assert_ways "$merged/file" "$merged" "${all_copied_up[@]/auto:*/auto:read-write}"
	assert_untouched "$merged/file."*
}

@test "metacopy: of files that were not copied up all follows at once" {
	sources "$low/file" "$SIZE"
	stack metacopy=on
	remember "$merged/file."*
	assert_ways "$merged/file" "$merged" "${all_copied_up[@]}"
	assert_copied_up file.auto to.auto
	assert_untouched "$merged/file."*
}

@test "a layer of data only" {
	mkdir "$low/data" "$up/low"
	sources "$low/data/file" "$SIZE"
	for word in "${kind_words[@]}"; do
		truncate -s "$SIZE" "$up/low/file.$word"
		touch -d 2001-02-03 "$up/low/file.$word"
		setfattr -n trusted.overlay.metacopy "$up/low/file.$word"
		setfattr -n trusted.overlay.redirect -v "/file.$word" "$up/low/file.$word"
	done
	low=$up/low::$low/data
	stack metacopy=on,redirect_dir=on 2>/dev/null || cannot_run 'the kernel has no data-only layers'
	remember "$merged/file."*
	assert_ways "$merged/file" "$merged" "${all_copied_up[@]}"
	assert_untouched "$merged/file."*
}

# links OPTIONS: mounts the stack with files that have two hard links.
links() {
	sources "$low/file" "$SIZE"
	for word in "${kind_words[@]}"; do
		ln "$low/file.$word" "$low/second.$word.name"
	done
	stack "$1"
	remember "$merged/file."*
}

@test "hard links without an index" {
	links index=off
	assert_ways "$merged/file" "$merged" "${none_shared[@]}"
	assert_untouched "$merged/file."*
}

@test "hard links with an index" {
	links index=on
	assert_ways "$merged/file" "$merged" "${all_copied_up[@]}"
	assert_untouched "$merged/file."*
}

@test "volatile" {
	sources "$low/file" "$SIZE"
	stack volatile
	assert_ways "$merged/file" "$merged" "${all_copied_up[@]}"
}
