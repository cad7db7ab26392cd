# shellcheck shell=bash disable=SC2034,SC2154
# SPDX-License-Identifier: GPL-2.0-or-later
about='modules as npm installs them: nested, with links, from the lower layer, -a'
places='ext4-xfs ext4-btrfs'
short_places='ext4-xfs'
size=8192
fewest=$(scale 1 1 3 9)
files=$(scale 50 500 3000 30000)

setup() { make-tree -m -s 7 src "$files"; }
commands() { each_archiver; }
