# shellcheck shell=bash disable=SC2034,SC2154
# SPDX-License-Identifier: GPL-2.0-or-later
about='20 copies of a file of 64 MiB (short: 20) that is on the lower layer'
places='ext4-xfs ext4-btrfs'
mib=$(scale 1 1 20 64)
size=$((mib * 22 + 512))
files=20
fewest=$(scale 1 1 3 7)

setup() { head -c "${mib}M" /dev/urandom >X; }
refresh() { not_copied_up; }
commands() {
	local names
	mapfile -t names < <(seq -f to/%.0f "$files")
	tool floor floor-clone -u X to "$files"
	each_ovl '' --fan-out X "${names[@]}"
	loop=$files each_ovl loop X
	loop=$files each_other X
}
