# shellcheck shell=bash disable=SC2034,SC2154
# SPDX-License-Identifier: GPL-2.0-or-later
about='1,000 files (short: 200) of 4 KiB to 1 MiB on the lower layer, copied up and nothing else'
places='ext4-xfs ext4-btrfs'
files=$(scale 8 20 200 1000)
size=$((files * 2 + 512))
fewest=$(scale 1 1 5 7)

setup() {
	local i
	mkdir src
	for ((i = 0; i < files; i++)); do head -c $((4096 << (i % 9))) /dev/urandom >"src/$i"; done
}
refresh() { not_copied_up && cat "$low"/src/* >/dev/null && sync -f "$grow"; }
commands() {
	# The floor opens each file for writing, and writes nothing.
	# shellcheck disable=SC2016 # for the other shell
	tool floor sh -c 'for file in src/*; do : >>"$file"; done'
	each_ovl '' -R --copy-up-only src
	each_ovl j2 -R -j2 --copy-up-only src
	each_ovl j8 -R -j8 --copy-up-only src
	each_ovl j16 -R -j16 --copy-up-only src
	each_ovl j32 -R -j32 --copy-up-only src
}
