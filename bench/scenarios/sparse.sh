# shellcheck shell=bash disable=SC2034,SC2154
# SPDX-License-Identifier: GPL-2.0-or-later
about='a file of 10 GiB with 50 MiB of data in 50 places'
places='ext4 ext4-xfs xfs'
short_places='ext4 ext4-xfs'
size=16384
pieces=$(scale 5 5 50 50)

setup() {
	local i
	truncate -s 10G X || return
	for ((i = 0; i < pieces; i++)); do
		dd if=/dev/urandom of=X bs=1M count=1 seek=$((i * 200)) conv=notrunc status=none || return
	done
}
refresh() { if [[ $place = ext4-* ]]; then not_copied_up; fi; }
# The other tools would read or write ten GiB.
commands() {
	case $place in
	xfs) tool floor floor-data -r X to/X ;;
	*) tool floor floor-data X to/X ;;
	esac
	[ "$place" = ext4 ] || each_ovl no-clone --reflink=never X to/X
	each_ovl '' X to/X
	tool cp cp X to/X
	tool tar sh -c 'tar -Scf - X | tar -C to -xf -'
}
