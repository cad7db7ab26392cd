# shellcheck shell=bash disable=SC2034,SC2154
# SPDX-License-Identifier: GPL-2.0-or-later
about='one call for 1000 copies of a 1 MiB file that is on the upper layer'
places='ext4-xfs ext4-btrfs xfs btrfs'
short_places='ext4-xfs ext4-btrfs'
size=2048
fewest=$(scale 1 1 5 9)
files=$(scale 10 50 1000 1000)

setup() { :; }
ready() { head -c 1M /dev/urandom >X; }
# Without loops of cp: they take ten times as long as in fan-out, and show nothing new.
commands() {
	local names
	mapfile -t names < <(seq -f to/%.0f "$files")
	tool floor floor-clone X to "$files"
	tool floor+p floor-clone -p X to "$files"
	each_ovl '' --fan-out X "${names[@]}"
	each_ovl p -p --fan-out X "${names[@]}"
}
