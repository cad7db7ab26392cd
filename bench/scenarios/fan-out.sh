# shellcheck shell=bash disable=SC2034,SC2154
# SPDX-License-Identifier: GPL-2.0-or-later
about='one call for 100 copies of a 1 MiB file that is on the upper layer'
places='ext4-xfs ext4-btrfs xfs btrfs'
size=4096
files=${copies:-$(scale 5 20 100 100)}

setup() { :; }
ready() { head -c 1M /dev/urandom >X; }
commands() {
	local names
	mapfile -t names < <(seq -f to/%.0f "$files")
	tool floor floor-clone X to "$files"
	tool floor+p floor-clone -p X to "$files"
	each_ovl '' --fan-out X "${names[@]}"
	each_ovl p -p --fan-out X "${names[@]}"
	loop=$files each_other X
}
