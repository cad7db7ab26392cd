# shellcheck shell=bash disable=SC2034,SC2154
# SPDX-License-Identifier: GPL-2.0-or-later
about='100 processes that do nothing but start; the floor is /bin/true'
places=none
size=0
files=$(scale 5 20 100 100)

setup() { :; }
commands() {
	loop=$files tool_looped floor /bin/true
	loop=$files each_ovl '' --version
	loop=$files each_static --version
	loop=$files tool_looped cp cp --version
	loop=$files tool_looped rsync rsync --version
	loop=$files tool_looped tar tar --version
}
