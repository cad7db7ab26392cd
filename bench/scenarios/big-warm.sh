# shellcheck shell=bash disable=SC2034,SC2154
# SPDX-License-Identifier: GPL-2.0-or-later
about='one file of 4 GiB (short: 256 MiB) that cannot be cloned, in the page cache'
places='ext4 ext4-xfs'
mib=$(scale 8 8 256 4096)
size=$((mib * 5 / 2 + 512))
fewest=$(scale 1 1 3 5)

setup() { head -c "${mib}M" /dev/urandom >X; }
refresh() { if [ "$place" != ext4 ]; then not_copied_up; fi && cat "$low/X" >/dev/null; }
commands() {
	tool floor floor-data X to/X
	tool floor+range floor-data -r X to/X
	[ "$place" = ext4 ] || each_ovl no-copy-up --copy-up=never X to/X
	each_ovl j1 -j1 X to/X
	each_cp X to/X
}
