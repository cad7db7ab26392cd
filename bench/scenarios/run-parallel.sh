# shellcheck shell=bash disable=SC2016,SC2034,SC2154
# SPDX-License-Identifier: GPL-2.0-or-later
about='100 processes that clone at a time, 10 files each, as they are (floor) and below ovl-run (ovl-cp)'
places='ext4-xfs'
size=2048
files=$(scale 2 10 100 100)

setup() { :; }
ready() { head -c 1M /dev/urandom >X; }
commands() {
	local all='for i in $(seq "$1"); do mkdir "to/$i" && floor-clone X "to/$i" 10 & done; wait'
	[ -x "${OVL_CP%/*}/ovl-run" ] || return 0
	tool floor sh -c "$all" sh "$files"
	tool ovl-cp "${OVL_CP%/*}/ovl-run" sh -c "$all" sh "$files"
}
