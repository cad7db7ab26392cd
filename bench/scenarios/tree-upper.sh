# shellcheck shell=bash disable=SC2034,SC2154
# SPDX-License-Identifier: GPL-2.0-or-later
about='a tree of small files (1 to 20 KiB) within the upper layer or one filesystem, -a'
places='ext4-xfs ext4-btrfs xfs btrfs ext4'
short_places='ext4-xfs ext4-btrfs btrfs'
size=8192
fewest=$(scale 1 1 3 9)
files=$(scale 50 500 3000 30000)

setup() { :; }
ready() { make-tree src "$files"; }
commands() { each_archiver; }
