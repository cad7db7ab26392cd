#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The power is cut at random moments. What is allowed is written in the letters of
# tests/crash/outcome.c: first for a copy that was under way, then for one that had ended.
# needs: images

load ../../fixtures/common
load ../../fixtures/crash
load ../../fixtures/power

setup() { requires loop overlay fs:ext4 reflink:xfs fs:btrfs; }

# scenarios: those of this run.
scenarios() {
	case ${OVL_CRASH:-short} in
	long) echo file over tree-over fan-out-over clone ;;
	*) echo "$1" ;;
	esac
}

# promises TYPE LAYERS SCENARIO: the power cuts of a filesystem, with SCENARIO in the short form.
promises() {
	local name
	for name in $(scenarios "$3"); do
		power_scenario "$1" "$name" "$2"
		power_copies --atomic --fsync
		power_cuts "$(runs 4 12)" noatM nM
		if [ "${OVL_CRASH:-short}" = long ]; then
			power_copies --atomic
			power_cuts 12 noatM noatM
			power_copies --fsync
			power_cuts 6 noaept n
			power_copies
			power_cuts 6 noaept noaept
		fi
		power_end
	done
}

@test "on ext4 --atomic leaves no torn file, and with --fsync each copy that had ended" {
	promises ext4 '' over
}

@test "on XFS --atomic leaves no torn file, and with --fsync each copy that had ended" {
	promises xfs '' tree-over
}

@test "on btrfs --atomic leaves no torn file, and with --fsync each copy that had ended" {
	promises btrfs '' file
}

@test "on an overlay over ext4 --atomic leaves no torn file, and with --fsync each that had ended" {
	promises ext4 overlay file
}

@test "on an overlay over XFS --atomic leaves no torn file, and with --fsync each that had ended" {
	promises xfs overlay over
}

@test "on an overlay over btrfs --atomic leaves no torn file, and with --fsync each that had ended" {
	promises btrfs overlay clone
}
