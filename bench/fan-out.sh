#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# How far ovl-cp is from the floor, and from GNU cp, when one file goes to many places.
#
# Every comparison is made of rounds A B A B ... in one run: on a machine with other work only
# the ratio of neighbours means something. Printed are the medians and the median of the ratios
# of each round, with the smallest and largest. Needs root for its loop mounts.
#
# usage: fan-out.sh    OVL_CP=program  FLOOR=program  ROUNDS=15  COPIES=100
set -eu

here=$(cd "$(dirname "$0")" && pwd)
[ "${OVL_BENCH_INSIDE-}" ] || exec env OVL_BENCH_INSIDE=1 \
	unshare --mount --propagation private bash "$here/${0##*/}" "$@"

OVL_CP=${OVL_CP:-$here/../ovl-cp}
FLOOR=${FLOOR:-$here/floor}
ROUNDS=${ROUNDS:-15}
COPIES=${COPIES:-100}
scratch=$(mktemp -d "${TMPDIR:-/var/tmp}/ovl-bench.XXXXXX")
trap 'cd /; umount -l "$scratch"/* 2>/dev/null; rm -rf --one-file-system "$scratch"' EXIT

# The copies go to a directory of their own, so that a round can begin with an empty one.
floor() { "$FLOOR" X d "$COPIES"; }
fan_out() { "$OVL_CP" --fan-out X "${names[@]}"; }
fan_out_p() { "$OVL_CP" -p --fan-out X "${names[@]}"; }
loop_ovl_cp() { for name in "${names[@]}"; do "$OVL_CP" X "$name"; done; }
loop_cp() { for name in "${names[@]}"; do cp X "$name"; done; }
loop_true() { for name in "${names[@]}"; do /bin/true X "$name"; done; }

# once COMMAND: prints the microseconds that it takes.
once() {
	local start
	rm -rf d && mkdir d
	start=${EPOCHREALTIME/./}
	"$1"
	echo $((${EPOCHREALTIME/./} - start))
}

# compare WHERE A B: A against B.
compare() {
	local round
	once "$2" >/dev/null
	once "$3" >/dev/null
	for ((round = 0; round < ROUNDS; round++)); do
		echo "$(once "$2") $(once "$3")"
	done | awk -v where="$1" -v a="$2" -v b="$3" '
		function median(list, n) { return list[int((n + 1) / 2)] }
		function sorted(list, n,   i, k, v) {
			for (i = 2; i <= n; i++)
				for (k = i; k > 1 && list[k - 1] > list[k]; k--) {
					v = list[k]; list[k] = list[k - 1]; list[k - 1] = v
				}
		}
		{ x[NR] = $1; y[NR] = $2; r[NR] = $1 / $2 }
		END {
			sorted(x, NR); sorted(y, NR); sorted(r, NR)
			printf "%-17s %-12s %8.2f ms   %-9s %8.2f ms   ratio %5.2f (%.2f to %.2f)\n",
				where, a, median(x, NR) / 1000, b, median(y, NR) / 1000,
				median(r, NR), r[1], r[NR]
		}'
}

names=()
for ((i = 1; i <= COPIES; i++)); do names+=("d/$i"); done

echo "$COPIES copies of a 64 MiB file that is on the upper layer; $ROUNDS rounds; $(uname -sr)"
for type in xfs btrfs; do
	mkdir "$scratch/lower-$type" "$scratch/fs-$type" "$scratch/overlay-$type"
	truncate -s 1G "$scratch/$type.img"
	"mkfs.$type" -q "$scratch/$type.img" >/dev/null 2>&1
	mount -o loop "$scratch/$type.img" "$scratch/fs-$type"
	mkdir "$scratch/fs-$type"/{plain,upper,work}
	mount -t tmpfs tmpfs "$scratch/lower-$type"
	head -c 64M /dev/urandom >"$scratch/lower-$type/X"
	cp "$scratch/lower-$type/X" "$scratch/fs-$type/plain/X"
	mount -t overlay -o "lowerdir=$scratch/lower-$type,upperdir=$scratch/fs-$type/upper" \
		-o "workdir=$scratch/fs-$type/work" overlay "$scratch/overlay-$type"
	: >>"$scratch/overlay-$type/X" # copied up

	for where in "fs-$type/plain" "overlay-$type"; do
		cd "$scratch/$where"
		sync -f .
		compare "${where%/plain}" fan_out floor
		compare "${where%/plain}" fan_out_p floor
		compare "${where%/plain}" loop_ovl_cp loop_cp
		compare "${where%/plain}" loop_true loop_cp
		rm -rf d
	done
done
