# shellcheck shell=bash disable=SC2034,SC2154
# SPDX-License-Identifier: GPL-2.0-or-later
about='a process that makes a million system calls, none of which is helped: as it is (floor) and below ovl-run (ovl-cp)'
places=none
size=0
calls_made=$(scale 1000 20000 500000 500000)

setup() { :; }
commands() {
	[ -x "${OVL_CP%/*}/ovl-run" ] || return 0
	tool floor dd if=/dev/zero of=/dev/null bs=1 count="$calls_made" status=none
	tool ovl-cp "${OVL_CP%/*}/ovl-run" dd if=/dev/zero of=/dev/null bs=1 count="$calls_made" status=none
}
