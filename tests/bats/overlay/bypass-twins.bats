#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Layer bypass: a copy of the block device of a layer, on which everything looks the same.
# shellcheck disable=SC2016,SC2030,SC2031,SC2034,SC2154 # variables of the fixtures
# needs: images

load ../../fixtures/overlay
load ../../fixtures/bypass

setup_file() { stack_file xfs xfs xfs_freeze losetup findmnt setpriv; }

# looks_alike: true if the file in the layer has the stat and the extents of that in the overlay.
looks_alike() {
	local words='%s %.9Y %a %u:%g'
	[ "$(stat -c "$words" "$low/file")" = "$(stat -c "$words" "$merged/file")" ] &&
		[ "$(extents "$low/file")" = "$(extents "$merged/file")" ]
}

@test "a copy of the filesystem at the path of the layer is not taken" {
	file_make "$low/file" "$SIZE"
	stack
	twin "$low"
	looks_alike
	[ "$(stat -c '%i %.9Z' "$low/file")" = "$(stat -c '%i %.9Z' "$merged/file")" ]
	assert_no_way "$merged/file" "$twin/copy"
}

@test "a copy below a file of which only the metadata was copied up is not taken" {
	file_make "$low/file" "$SIZE"
	stack metacopy=on
	chmod 644 "$merged/file"
	assert_not_copied_up file
	[ -e "$up/upper/file" ]
	twin "$low"
	looks_alike
	assert_no_way "$merged/file" "$twin/copy"
}

@test "a copy in which the file was changed is not taken by an ordinary user" {
	file_make "$low/file" "$SIZE"
	file_make "$low/same" "$SIZE"
	stack
	twin "$low"
	as_who=as_user
	past "$merged/same" "$twin/copy" # undetectable for a user, but the data is the same
	assert_output cloned
	assert_all_equal "$merged/same" "$twin/copy"
	echo other | dd of="$low/file" conv=notrunc status=none
	touch -r "$merged/file" "$low/file"
	sync -f "$twin"
	looks_alike
	[ "$(stat -c %i "$low/file")" = "$(stat -c %i "$merged/file")" ]
	assert_no_way "$merged/file" "$twin/copy"
}

@test "data apart from its metadata is not taken if the pages of memory cannot be asked" {
	file_make "$low/file" "$SIZE"
	file_make "$low/whole" "$SIZE"
	stack metacopy=on
	chmod 600 "$merged/file"
	blind() { sh -ec 'mount --bind /dev/null "/proc/$$/pagemap"; exec "$@"' sh "${@:3}"; } # drops "timeout 60"
	as_who=blind
	assert_no_way "$merged/file" "$lower_out/copy"
	assert_past "$low/whole" "$merged/whole" "$lower_out/copy"
}
