# shellcheck shell=bash disable=SC2034,SC2154
# SPDX-License-Identifier: GPL-2.0-or-later
about='a million files of up to 256 bytes (full only): memory'
places='xfs'
short_places=''
size=16384
fewest=$(scale 1 1 1 3)
files=$(scale 100 2000 20000 1000000)

setup() { make-tree -b 256 src "$files"; }
commands() { each_archiver; }
