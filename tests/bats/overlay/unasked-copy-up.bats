#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copy-ups that a hard link, a backup and new attributes cause are foreseen and reported.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay

setup_file() { stack_file ext4 xfs; }

# foreseen BYTES ARG...: --explain ARG... must predict that BYTES are copied up, and change nothing;
# the copy must report them, and the upper filesystem grow by them.
foreseen() {
	local bytes=$1
	shift
	ovl_cp --explain "$@"
	assert_success
	if [ "$bytes" = 0 ]; then
		refute_output --partial 'copy-up:'
	else
		assert_line --regexp "^  upper layer: grows by .* all of them by copy-ups\$"
		assert_equal "$(($(sed -n 's/^  copy-up: *writes \([0-9]*\) .*/\1/p' <<<"$output" |
			paste -sd+)))" "$bytes"
	fi
	assert_grown_by 0
	ovl_cp --report=- "$@"
	assert_success
	assert_line --regexp "\"type\":\"summary\".*\"bytes_copied_up\":${bytes}[,}]"
	assert_grown_by "$bytes"
}

scene() {
	mkdir "$low/tree"
	file_make "$low/tree/one" "$SIZE" && file_make "$low/tree/two" "$SIZE"
	file_make "$low/old" "$SIZE"
	: >"$low/empty"
	stack "${1-}"
	cd "$merged" || return
}

@test "hard links to files of a lower layer" {
	scene
	foreseen $((2 * SIZE)) -al tree links
	growth_start "$up"
	foreseen 0 -al tree links2 # they are on the upper layer now
}

@test "hard links where the metadata alone is copied up" {
	scene metacopy=on
	foreseen 0 -al tree links
}

@test "a file that becomes a backup" {
	scene
	foreseen "$SIZE" -b empty old
	assert_equal "$(stat -c %s old~)" "$SIZE"
	mkdir dir
	growth_start "$up"
	foreseen "$SIZE" -RbT dir tree/one # a directory takes its place
}

@test "a file that gets attributes only, and one that is overwritten" {
	scene
	foreseen "$SIZE" --attributes-only -p empty old
	growth_start "$up"
	foreseen 0 empty tree/one
}

@test "a hard link that would split its source from its other names is refused" {
	file_make "$low/file" "$SIZE" && ln "$low/file" "$low/second"
	stack index=off
	cd "$merged" || return
	remember file second
	for dry in --explain ''; do
		ovl_cp $dry -l file third
		assert_failure 1
		assert_output --partial "not creating hard link 'third' to 'file': the overlay would copy up 'file'"
	done
	assert_not_exists third
	assert_untouched file second
	assert_not_copied_up file
	cd / && overlay_remount "$merged" index=on && cd "$merged"
	ovl_cp -l file third
	assert_success
	assert_equal "$(stat -c '%h' third)" 3
	assert_equal "$(stat -c '%i' third)" "$(stat -c %i second)"
}

@test "what the kernel copies up by a clone is written by nobody" {
	low=$(mktemp -d -p "$BATS_FILE_TMPDIR/up")
	scene
	foreseen 0 -al tree links
	foreseen 0 -b empty old
	assert_copied_up tree/one tree/two
}

@test "a file of 2 TiB whose layer is on the filesystem of the upper one is cloned" {
	mkdir "$up/layer"
	truncate -s 2T "$up/layer/huge"
	file_make "$BATS_TEST_TMPDIR/data" 1M
	dd if="$BATS_TEST_TMPDIR/data" of="$up/layer/huge" bs=1M seek=1500000 conv=notrunc status=none
	low=$up/layer stack
	cd "$merged" || return
	foreseen 0 -l huge link
}
