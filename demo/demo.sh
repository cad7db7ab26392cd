#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Shows what ovl-cp is for: one file on the lower layer of an overlay, copied many times, by cp
# and by ovl-cp, with the time and the space that each way takes. As root it makes the two
# filesystems and the overlay itself, in a mount namespace of its own, and leaves nothing behind.
# Where it may not mount it shows the same copies on the filesystem at hand.
#
# OVL_CP, OVL_RUN   the programs; default: ovl-cp and ovl-run in the directory above this one
# OVL_DEMO_COPIES   how many copies; default 100, without mounts 10
# OVL_DEMO_MIB      size of the file in MiB; default 64
set -u
export LC_ALL=C

# Every path is below this directory, which the first of the two processes makes and removes.
scratch=
mib=${OVL_DEMO_MIB:-64}
copies=${OVL_DEMO_COPIES:-100}

die() {
	printf '%s: %s\n' "${0##*/}" "$1" >&2
	exit 1
}

# within_space MIB_FOR_OTHER: lowers $copies to what fits the free space, with a tenth to spare.
within_space() {
	local free fits
	free=$(df -Pm "$scratch" | awk 'NR == 2 { print $4 }')
	fits=$(((free * 9 / 10 - $1) / mib))
	[ "$fits" -ge "$copies" ] && return
	[ "$fits" -ge 2 ] || die "not enough free space in ${scratch%/*}: $free MiB; set TMPDIR"
	echo "Only $fits instead of $copies copies: ${scratch%/*} has $free MiB free."
	echo
	copies=$fits
}

# used_mib DIR: MiB in use on its filesystem, after all that is pending has been written.
used_mib() {
	sync -f "$1"
	stat -f -c '%b %f %S' "$1" | awk '{ printf "%.1f\n", ($1 - $2) * $3 / 1048576 }'
}

## The ways to copy X to X1, X2 and so on, in the current directory

by_cp() {
	local i
	for ((i = 1; i <= copies; i++)); do cp --reflink=auto X "X$i" || return; done
}

by_ovl_cp() {
	local i
	for ((i = 1; i <= copies; i++)); do "$OVL_CP" X "X$i" || return; done
}

# by_ovl_run: cp once more, which does not know that it is helped.
# shellcheck disable=SC2016 # for the other shell
by_ovl_run() {
	"$OVL_RUN" bash -c 'for ((i = 1; i <= $1; i++)); do cp --reflink=auto X "X$i" || exit; done' bash \
		"$copies"
}

by_fan_out() {
	local names i
	for ((i = 1; i <= copies; i++)); do names[i]=X$i; done
	"$OVL_CP" --fan-out X "${names[@]}"
}

# measure DIR WAY: runs WAY in DIR; sets seconds and grown. The clock stops when the data is on
# the disk, so that nobody wins by leaving it in memory.
measure() {
	local before start
	before=$(used_mib "$1")
	start=$(date +%s.%N)
	(cd "$1" && "$2") || die "$2 failed"
	sync -f "$1"
	seconds=$(awk -v a="$start" -v b="$(date +%s.%N)" 'BEGIN { printf "%.2f", b - a }')
	grown=$(awk -v a="$before" -v b="$(used_mib "$1")" 'BEGIN { printf "%.1f", b - a }')
}

# count_equal DIR: how many of the copies in DIR are equal to X.
count_equal() {
	local i n=0
	for ((i = 1; i <= copies; i++)); do ! cmp -s "$1/X" "$1/X$i" || n=$((n + 1)); done
	echo "$n"
}

# share A B: B as a share of A: "1/80", or "0.93" where that says more.
share() {
	awk -v a="$1" -v b="$2" 'BEGIN {
		if (a <= 0) print "-"
		else if (b <= 0) print "0"
		else if (b / a > 0.5) printf "%.2f\n", b / a
		else printf "1/%.0f\n", a / b
	}'
}

row() {
	printf '%-26s %8s %6s  %11s %6s  %-9s %10s\n' "$@"
}

# report WAY-NAME COPIED-UP EQUAL: a row of the table; the first one is what others compare with.
report() {
	: "${first_seconds:=$seconds}" "${first_grown:=$grown}"
	row "$1" "$seconds" "$(share "$first_seconds" "$seconds")" \
		"$grown MiB" "$(share "$first_grown" "$grown")" "$2" "$3 of $copies"
	[ "$3" = "$copies" ] || die "not every copy is equal to the source"
}

# of A B: share as the beginning of "... the time".
of() {
	local share
	share=$(share "$1" "$2")
	case $share in
	-) echo 'no more or less than' ;;
	0* | 1/*) echo "$share of" ;;
	*) echo "$share times" ;;
	esac
}

# conclude: what the last row says of the first.
conclude() {
	printf '\n%d copies by ovl-cp --fan-out took %s the time and %s the space of those by cp.\n' \
		"$copies" "$(of "$first_seconds" "$seconds")" "$(of "$first_grown" "$grown")"
}

## With an overlay

# fresh_overlay: a new upper filesystem, so that no way profits or suffers from the one before.
fresh_overlay() {
	truncate -s $(((copies + 2) * mib + 512))M "$scratch/upper.img"
	mkfs.xfs -q -f -m reflink=1 "$scratch/upper.img"
	mount -o loop "$scratch/upper.img" "$scratch/upper"
	mkdir "$scratch/upper/upper" "$scratch/upper/work"
	mount -t overlay -o "lowerdir=$scratch/lower,upperdir=$scratch/upper/upper,\
workdir=$scratch/upper/work" overlay "$scratch/merged"
}

# drop_overlay: gives the space of the image back as well.
drop_overlay() {
	umount "$scratch/merged" && umount "$scratch/upper" && rm "$scratch/upper.img"
}

# way NAME FUNCTION: one way on an overlay of its own.
way() {
	local copied_up=no
	fresh_overlay || die "cannot make the overlay"
	measure "$scratch/merged" "$2"
	[ ! -e "$scratch/upper/upper/X" ] || copied_up=yes
	report "$1" "$copied_up" "$(count_equal "$scratch/merged")"
	drop_overlay || die "cannot unmount the overlay"
}

unmount_all() {
	local dir
	cd /
	for dir in merged upper lower; do
		! mountpoint -q "$scratch/$dir" || umount "$scratch/$dir" 2>/dev/null ||
			umount -l "$scratch/$dir"
	done
}

# with_overlay: the whole demonstration; runs in the mount namespace.
with_overlay() {
	trap unmount_all EXIT
	trap 'exit 130' INT
	trap 'exit 143' TERM HUP
	mkdir "$scratch/lower" "$scratch/upper" "$scratch/merged"
	within_space $((3 * mib + 256))

	cat <<-END
		One file of $mib MiB lies on the lower layer of an overlay (ext4); the upper layer is another
		filesystem (xfs), which can clone. cp cannot clone from the one to the other and writes the
		data for each of $copies copies; ovl-cp has the file copied up once and clones that.

	END
	truncate -s $((mib + mib / 4 + 64))M "$scratch/lower.img"
	mkfs.ext4 -q -F "$scratch/lower.img"
	mount -o loop "$scratch/lower.img" "$scratch/lower" || die 'cannot mount the lower layer'
	head -c "${mib}M" /dev/urandom >"$scratch/lower/X" || die 'cannot write the file'
	sync -f "$scratch/lower"

	row way seconds 'of cp' 'upper grew' 'of cp' copied-up equal
	way 'cp --reflink=auto, a loop' by_cp
	[ ! -x "$OVL_RUN" ] || way 'ovl-run cp, the same loop' by_ovl_run
	way 'ovl-cp, a loop' by_ovl_cp
	way 'ovl-cp --fan-out' by_fan_out
	conclude
}

## Without one

# plain REASON: what can be shown by an ordinary user, on the filesystem of the scratch directory.
plain() {
	local dir=$scratch/plain
	copies=${OVL_DEMO_COPIES:-10}
	cat <<-END
		No overlay is shown here, as this needs loop mounts: $1.
		Instead, cp and ovl-cp make copies of a file of $mib MiB on the filesystem at hand,
		$(df -PT "$scratch" | awk 'NR == 2 { print $2 }') at ${scratch%/*}.

	END
	mkdir "$dir"
	within_space $((3 * mib))
	head -c "${mib}M" /dev/urandom >"$dir/X" || die "cannot write in $dir"
	sync -f "$dir"

	for name in X1 X2; do
		echo "\$ ovl-cp --debug X $name"
		(cd "$dir" && "$OVL_CP" --debug X "$name" 2>&1) || die 'ovl-cp failed'
		rm "$dir/$name"
	done
	echo
	row way seconds 'of cp' 'disk grew' 'of cp' copied-up equal
	for name in cp fan_out; do
		measure "$dir" "by_$name"
		case $name in
		cp) report 'cp --reflink=auto, a loop' - "$(count_equal "$dir")" ;;
		fan_out) report 'ovl-cp --fan-out' - "$(count_equal "$dir")" ;;
		esac
		rm "$dir"/X?*
	done
	conclude
}

## The first process: finds out what is possible here and cleans up at the end

# why_no_mounts: prints what is in the way of the overlay, or nothing.
why_no_mounts() {
	local tool
	[ "$(id -u)" = 0 ] || {
		echo 'you are not root'
		return
	}
	for tool in unshare mkfs.ext4 mkfs.xfs; do
		command -v "$tool" >/dev/null || {
			echo "there is no $tool"
			return
		}
	done
	mkdir "$scratch/try"
	truncate -s 512M "$scratch/try.img"
	mkfs.xfs -q -f -m reflink=1 "$scratch/try.img" 2>&1 || return 0
	# shellcheck disable=SC2016 # expanded by that shell
	unshare --mount --propagation private sh -ec 'cd "$1"
		mount -o loop try.img try
		mkdir try/lower try/upper try/work
		mount -t overlay -o lowerdir=try/lower,upperdir=try/upper,workdir=try/work overlay try
		' sh "$scratch" 2>&1 | sed 's/\.$//;q'
	rm "$scratch/try.img"
}

# clean_up: the kernel frees a loop device when its last user is gone, a killed cp for instance,
# which may take a moment. No mount is visible here, so removing cannot reach into one.
clean_up() {
	local try
	for ((try = 0; try < 50; try++)); do
		losetup -nO BACK-FILE 2>/dev/null | grep -qF "$scratch/" || break
		sleep 0.1
	done
	rm -rf --one-file-system "$scratch"
}

# stop STATUS: a signal came; passes it on to all that runs in the namespace.
stop() {
	kill -INT -- "-$inner" 2>/dev/null
	wait "$inner" 2>/dev/null
	exit "$1"
}

main() {
	local why
	OVL_CP=${OVL_CP:-$(dirname "$0")/../ovl-cp}
	OVL_CP=$(cd "$(dirname "$OVL_CP")" && pwd)/${OVL_CP##*/} || exit
	OVL_RUN=${OVL_RUN:-${OVL_CP%/*}/ovl-run}
	[ -x "$OVL_CP" ] || die "$OVL_CP is not there; build it first, or set OVL_CP"
	scratch=$(mktemp -d "${TMPDIR:-/var/tmp}/ovl-cp-demo.XXXXXX") || exit
	trap clean_up EXIT
	export OVL_CP OVL_RUN

	why=$(why_no_mounts)
	[ -z "$why" ] || {
		trap 'exit 130' INT
		trap 'exit 143' TERM HUP
		plain "$why"
		return
	}
	# In a process group of its own, so that a signal reaches the copying programs too; the shell
	# in there would otherwise wait for them.
	set -m
	unshare --mount --propagation private bash "$0" --in-namespace "$scratch" &
	inner=$!
	trap 'stop 130' INT
	trap 'stop 143' TERM HUP
	wait "$inner"
}

case ${1-} in
--in-namespace)
	scratch=$2
	with_overlay
	;;
*) main ;;
esac
