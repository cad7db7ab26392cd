# shellcheck shell=bash disable=SC2034,SC2154
# SPDX-License-Identifier: GPL-2.0-or-later
about='a tree of small files (1 to 20 KiB) to two places, -a: one call (ovl-cp), and two calls (floor)'
places='ext4-xfs ext4-btrfs xfs btrfs'
short_places='ext4-xfs ext4-btrfs'
size=8192
fewest=$(scale 1 1 3 9)
files=$(scale 50 500 3000 30000)

setup() { make-tree src "$files"; }
commands() {
	local words
	read -ra words <<<"${program[${builds[0]}]}"
	tool floor sh -c '"$@" src to/one && "$@" src to/two' sh "${words[@]}" -a
	each_ovl '' -a --fan-out src to/one to/two
}
