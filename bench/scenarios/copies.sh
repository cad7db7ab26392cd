# shellcheck shell=bash disable=SC2034,SC2154
# SPDX-License-Identifier: GPL-2.0-or-later
about='copies of a 2 MiB file that is on the lower layer, until they are on the disk; copies=N of them'
places='ext4-xfs'
short_places=''
files=${copies:-$(scale 3 10 100 100)}
size=$((files * 2 + 1024))

setup() { head -c 2M /dev/urandom >X; }
refresh() { not_copied_up; }
commands() {
	local names name synced=1
	mapfile -t names < <(seq -f to/%.0f "$files")
	tool floor synced floor-clone -u X to "$files"
	each_ovl '' --fan-out X "${names[@]}"
	loop=$files each_ovl loop X
	for name in "${others[@]}"; do
		[ "$name" = toybox ] || loop=$files _call "$name" "$name" X
	done
	! command -v rsync >/dev/null || tool rsync synced looped "$files" rsync X
}
