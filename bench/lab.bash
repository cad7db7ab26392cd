# shellcheck shell=bash disable=SC2034,SC2154
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What the scenarios are written with: places, tools, sizes. Read by bench/run, not by itself.
#
# A scenario is a file scenarios/NAME.sh that sets
#
#	about	one line for the report
#	places	where it makes sense, the most telling one first: ext4, xfs, btrfs, "ext4-xfs"
#		(an overlay, lower-upper), none (no filesystem); short_places are those of a short run
#	size	MiB that each of its filesystems may take; their images are sparse
#
# and has these functions, which run in the directory of the place ("." is the overlay if it has
# one; "to" is an empty directory before each run):
#
#	setup	 makes the sources below $low, which on an overlay is its lower layer
#	ready	 (optional) what is left to do when the place is complete
#	refresh	 (optional) more than an empty "to" before each run
#	commands names what is compared, by the functions below; the one called "floor" is 1.0
#
# It may set files, how many files one run makes, fewest, the rounds that are enough, and
# cache=cold, if refresh sees to that. Sizes come from scale.

# Stand-ins for bats, as the filesystems are made like those of the tests.
bats_require_minimum_version() { :; }
bats_load_library() { :; }
fail() { die "$1"; }
# shellcheck source=tests/fixtures/common.bash
. "$top/tests/fixtures/common.bash"
export BATS_TEST_TMPDIR=$scratch BATS_RUN_TMPDIR=$scratch

# scale SMOKE TRACE SHORT FULL: prints the one for this run. A smoke run is only to see whether it
# works, in a trace system calls are counted.
scale() {
	case $mode in
	smoke) echo "$1" ;;
	trace) echo "$2" ;;
	short) echo "$3" ;;
	full) echo "$4" ;;
	esac
}

## Places

# place_open PLACE: makes its filesystems, runs setup, goes there. Sets at (the directory), low
# and grow (the filesystem that destinations lie on).
place_open() {
	local cell=$scratch/cell
	BATS_TEST_TMPDIR=$cell BATS_RUN_TMPDIR=$cell
	export at=$cell/at low=$cell/low grow=$cell/up
	mkdir -p "$cell"
	case $1 in
	none) mkdir -p "$at" && grow='' low=$at ;;
	ext4-*)
		fs_make ext4 "$low" "$size" && fs_make "${1#ext4-}" "$grow" "$size"
		;;
	*) fs_make "$1" "$at" "$size" && grow=$at low=$at ;;
	esac >/dev/null || return
	(cd "$low" && setup) || return
	case $1 in
	ext4-*) sync -f "$low" && overlay_make "$at" "$low" "$grow" ;;
	esac || return
	cd "$at" || return
	if [ "$(type -t ready)" = function ]; then ready || return; fi
	mkdir -p to && sync -f .
}

# place_close: nothing of the place is left.
place_close() {
	cd / && lab_cleanup && rm -rf --one-file-system "$scratch/cell"
	BATS_TEST_TMPDIR=$scratch BATS_RUN_TMPDIR=$scratch
}

# fresh: before each run. Not timed.
fresh() {
	cd "$at" && rm -rf to && mkdir to || return
	if [ "$(type -t refresh)" = function ]; then refresh; fi
}

# not_copied_up: for refresh: the overlay as it was before anything was written to it.
not_copied_up() {
	cd / && umount "$at" && rm -rf "$grow/upper" "$grow/work" && mkdir "$grow/upper" "$grow/work" &&
		mount -t overlay -o "lowerdir=$low,upperdir=$grow/upper,workdir=$grow/work" overlay "$at" &&
		cd "$at" && mkdir to
}

# not_cached FILE...: forgets the pages of files on a loop device, those of its image too.
not_cached() {
	local file
	sync -f "$low" && sync -f "$scratch"
	for file in "$@" "$scratch"/cell/image.*; do
		dd if="$file" iflag=nocache count=0 status=none || return
	done
}

## Tools

# find_tools: in builds the ovl-cp's to compare, in others what else copies as cp does, by name;
# what each is called with is in program. OVL_CP_OPTIONS go with each call of ovl-cp.
declare -gA program
find_tools() {
	local name
	if [ "${BENCH_OLD-}" ]; then
		builds=(new old) others=()
		program[new]="$OVL_CP ${OVL_CP_OPTIONS-}" program[old]="$BENCH_OLD ${OVL_CP_OPTIONS-}"
		return
	fi
	builds=(ovl-cp) others=(cp)
	program[ovl-cp]="$OVL_CP ${OVL_CP_OPTIONS-}" program[cp]=cp
	for name in busybox toybox; do
		! command -v "$name" >/dev/null || { others+=("$name") && program[$name]="$name cp"; }
	done
	# Debian's rust-coreutils; its own name is on no PATH.
	name=/usr/lib/cargo/bin/coreutils/cp
	[ ! -x "$name" ] || { others+=(uutils) && program[uutils]=$name; }
}

# wanted NAME: whether this run compares it: all tools where the scenario is most telling, and in
# a full run everywhere; else the three that matter. Two builds are compared with each other only.
wanted() {
	local name=${1%%+*}
	if [ "${BENCH_OLD-}" ]; then
		[ "$name" = new ] || [ "$name" = old ]
	else
		[ "$name" = ovl-cp ] || [ "$name" = cp ] || [ "$name" = floor ] ||
			{ [ -z "$few" ] && { [ "$mode" = full ] || [ "$place" = "${places%% *}" ]; }; }
	fi
}

# tool NAME COMMAND...: one more to compare. "a+b" is a variant of a; its floor is floor+b, if
# there is one.
tool() {
	! wanted "$1" || commands_given+=("$@" ';')
}

# tool_looped NAME COMMAND...: the same as often as $loop says, with to/1, to/2 ... as last word.
tool_looped() {
	tool "$1" looped "$loop" "${@:2}"
}

# each_ovl VARIANT WORD...: each build of ovl-cp with the same words, with $loop in a loop. VARIANT
# may be empty.
each_ovl() {
	local name
	for name in "${builds[@]}"; do
		_call "$name" "$name${1:+"+$1"}" "${@:2}"
	done
}

# each_other WORD...: what else copies as cp does.
each_other() {
	local name
	for name in "${others[@]}"; do
		_call "$name" "$name" "$@"
	done
}

each_cp() {
	each_ovl '' "$@"
	each_other "$@"
}

# each_archiver: src to to/src, with all that -a keeps. tar and rsync keep less than cp.
each_archiver() {
	tool floor floor-tree -t 2 src to/src
	tool floor+1thread floor-tree -t 1 src to/src
	each_cp -a src to/src
	! command -v rsync >/dev/null || tool rsync rsync -a src to/
	tool tar sh -c 'tar -cf - src | tar -C to -xpf -'
}

# _call PROGRAM NAME WORD...
_call() {
	local words
	read -ra words <<<"${program[$1]}"
	tool "$2" ${loop:+looped "$loop"} "${words[@]}" "${@:3}"
}

# looped_script: the program looped N COMMAND..., with as little of a shell as can be.
looped_script() {
	cat <<'END'
#!/bin/sh
n=$1 i=0
shift
while [ $((i += 1)) -le "$n" ]; do "$@" to/$i || exit; done
END
}
