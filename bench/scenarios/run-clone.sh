# shellcheck shell=bash disable=SC2034,SC2154
# SPDX-License-Identifier: GPL-2.0-or-later
about='1000 bare FICLONE of a file on the upper layer by one process, as they are (floor) and below ovl-run (ovl-cp)'
places='ext4-xfs ext4-btrfs'
short_places=ext4-xfs
size=2048
files=$(scale 5 100 1000 1000)

setup() { :; }
ready() { head -c 1M /dev/urandom >X; }
commands() {
	[ -x "${OVL_CP%/*}/ovl-run" ] || return 0
	tool floor floor-clone X to "$files"
	tool ovl-cp "${OVL_CP%/*}/ovl-run" floor-clone X to "$files"
}
