# shellcheck shell=bash disable=SC2034,SC2154
# SPDX-License-Identifier: GPL-2.0-or-later
about='ten copies of one file (short: 32 MiB, full: 512) where nothing can be cloned'
places='ext4'
mib=$(scale 1 1 32 512)
size=$((mib * 13 + 512))
fewest=$(scale 1 1 3 5)
files=10

setup() { head -c "${mib}M" /dev/urandom >X; }
commands() {
	local names
	mapfile -t names < <(seq -f to/%.0f "$files")
	tool floor floor-data X "${names[@]}"
	each_ovl '' --fan-out X "${names[@]}"
	loop=$files each_other X
}
