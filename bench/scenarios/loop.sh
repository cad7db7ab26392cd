# shellcheck shell=bash disable=SC2034,SC2154
# SPDX-License-Identifier: GPL-2.0-or-later
about='one call for each of 100 copies of a 1 MiB file that is on the upper layer'
places='ext4-xfs ext4-btrfs xfs btrfs ext4'
short_places='ext4-xfs btrfs'
size=2048
files=$(scale 5 20 100 100)

setup() { :; }
ready() { head -c 1M /dev/urandom >X; }
commands() {
	[ "$place" = ext4 ] || tool floor floor-clone X to "$files"
	loop=$files each_cp X
	loop=$files tool_looped true /bin/true
}
