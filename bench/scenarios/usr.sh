# shellcheck shell=bash disable=SC2034,SC2154
# SPDX-License-Identifier: GPL-2.0-or-later
about='a part of /usr (full: all of it) from the lower layer, -a'
places='ext4-xfs ext4-btrfs'
short_places='ext4-xfs'
entries=$(scale 100 500 2000 10000000)
size=$(scale 2048 4096 8192 32768)
fewest=$(scale 1 1 3 3)
files=$entries

setup() {
	mkdir src && find /usr -xdev | head -n "$entries" >list &&
		tar -C / --no-recursion -cf - -T list 2>/dev/null | tar -C src -xpf - && files=$(wc -l <list)
}
commands() { each_archiver; }
