# shellcheck shell=bash disable=SC2034,SC2154
# SPDX-License-Identifier: GPL-2.0-or-later
about='one call for each of 100 clones of a file of 5 KB; the floor is /bin/true'
places='xfs'
size=512
files=$(scale 5 20 100 100)

setup() { head -c 5000 /dev/urandom >X; }
commands() {
	loop=$files tool_looped floor /bin/true
	loop=$files each_cp X
}
