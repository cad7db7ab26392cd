# shellcheck shell=bash disable=SC2034,SC2154
# SPDX-License-Identifier: GPL-2.0-or-later
about='a tree of small files (1 to 20 KiB) from the lower to the upper layer, -a'
places='ext4-xfs ext4-btrfs'
size=8192
fewest=$(scale 1 1 3 9)
files=$(scale 50 500 3000 30000)

setup() { make-tree src "$files"; }
commands() { each_archiver; }
