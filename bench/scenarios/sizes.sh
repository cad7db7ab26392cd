# shellcheck shell=bash disable=SC2034,SC2154
# SPDX-License-Identifier: GPL-2.0-or-later
about='1 to 10 copies of a file on the lower layer: by cp, and after a copy-up; kib=N is its size'
places='ext4-xfs'
short_places=''
kib=${kib:-$(scale 64 64 1024 1024)}
size=$((kib * 12 / 1024 + 512))

setup() { head -c "${kib}K" /dev/urandom >X; }
refresh() { not_copied_up; }
commands() {
	local n
	tool floor floor-clone -u X to 1
	for n in '' 2 5 10; do
		loop=${n:-1} each_ovl "$n" --copy-up=always X
		tool "cp${n:+"+$n"}" looped "${n:-1}" cp X
	done
}
