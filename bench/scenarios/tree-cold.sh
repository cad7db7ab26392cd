# shellcheck shell=bash disable=SC2034,SC2154
# SPDX-License-Identifier: GPL-2.0-or-later
about='a tree of small files (1 to 20 KiB), -a, nothing of it in memory'
places='ext4 xfs btrfs ext4-xfs'
short_places='ext4 xfs'
size=8192
fewest=$(scale 1 1 3 5)
files=$(scale 50 500 3000 30000)
cache=cold

setup() { make-tree src "$files"; }
refresh() {
	if [ "$place" = ext4-xfs ]; then not_copied_up; fi
	sync && echo 3 >/proc/sys/vm/drop_caches
	not_cached
}
commands() { each_archiver; }
