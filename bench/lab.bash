# shellcheck shell=bash disable=SC2034,SC2154
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Functions for the scenarios: places, tools, sizes. Sourced by bench/run.
#
# A scenario is a file scenarios/NAME.sh that sets
#
#	about	one line for the report
#	places	the filesystems on which it makes sense, the most relevant one first: ext4, xfs,
#		btrfs, "ext4-xfs" (an overlay: lower-upper), none; short_places: those of a short run
#	size	the size of each of its filesystems in MiB; their images are sparse
#
# and has these functions, which run in the directory of the place ("." is the overlay if it has
# one; "to" is an empty directory before each run):
#
#	setup	 creates the sources below $low, which on an overlay is its lower layer
#	ready	 (optional) the rest of the setup, when the place is complete
#	refresh	 (optional) what is needed before each run besides an empty "to"
#	commands defines what is compared, by the functions below; "floor" is the unit 1.0
#
# It may set files (how many files one run creates), fewest (how many rounds are enough), and
# cache=cold, if refresh drops the caches. Sizes come from scale.

# Replacements for bats, because the filesystems are created by the fixtures of the tests.
bats_require_minimum_version() { :; }
bats_load_library() { :; }
fail() { die "$1"; }
# shellcheck source=tests/fixtures/common.bash
. "$top/tests/fixtures/common.bash"
export BATS_TEST_TMPDIR=$scratch BATS_RUN_TMPDIR=$scratch

# scale SMOKE TRACE SHORT FULL: prints the value for the mode of this run. A smoke run only shows
# that the benchmark works; in a trace system calls are counted.
scale() {
	case $mode in
	smoke) echo "$1" ;;
	trace) echo "$2" ;;
	short) echo "$3" ;;
	full) echo "$4" ;;
	esac
}

## Places

# place_open PLACE: creates its filesystems, runs setup, and changes to it. Sets at (the directory),
# low and grow (the filesystem of the destinations).
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

# place_close: unmounts and removes the place.
place_close() {
	cd / && lab_cleanup && rm -rf --one-file-system "$scratch/cell"
	BATS_TEST_TMPDIR=$scratch BATS_RUN_TMPDIR=$scratch
}

# fresh: prepares a run; not timed.
fresh() {
	cd "$at" && rm -rf to && mkdir to || return
	if [ "$(type -t refresh)" = function ]; then refresh; fi
}

# not_copied_up: for refresh: mounts the overlay again, with an empty upper layer.
not_copied_up() {
	cd / && umount "$at" && rm -rf "$grow/upper" "$grow/work" && mkdir "$grow/upper" "$grow/work" &&
		mount -t overlay -o "lowerdir=$low,upperdir=$grow/upper,workdir=$grow/work" overlay "$at" &&
		cd "$at" && mkdir to
}

# not_cached FILE...: drops the cached pages of files on a loop device, and those of its image.
not_cached() {
	local file
	sync -f "$low" && sync -f "$scratch"
	for file in "$@" "$scratch"/cell/image.*; do
		dd if="$file" iflag=nocache count=0 status=none || return
	done
}

## Tools

# find_tools: sets builds to the names of the builds of ovl-cp, others to those of other programs
# that copy like cp, and program to the command of each. OVL_CP_OPTIONS are added to each call of
# ovl-cp.
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
	name=${OVL_STATIC:-$top/build/static}/ovl-cp
	[ ! -x "$name" ] || { others+=(static) && program[static]=$name; }
	# rust-coreutils of Debian, which is not in PATH.
	name=/usr/lib/cargo/bin/coreutils/cp
	[ ! -x "$name" ] || { others+=(uutils) && program[uutils]=$name; }
}

# wanted NAME: true if this run measures it: all tools at the most relevant place, and in a full run
# at all places; otherwise the three that matter. Two builds are compared with each other only.
wanted() {
	local name=${1%%+*}
	if [ "${BENCH_OLD-}" ]; then
		[ "$name" = new ] || [ "$name" = old ]
	else
		[ "$name" = ovl-cp ] || [ "$name" = cp ] || [ "$name" = floor ] ||
			{ [ -z "$few" ] && { [ "$mode" = full ] || [ "$place" = "${places%% *}" ]; }; }
	fi
}

# tool NAME COMMAND...: adds a command. "a+b" is a variant of a; it is compared with floor+b, if
# there is one.
tool() {
	! wanted "$1" || commands_given+=("$@" ';')
}

# tool_looped NAME COMMAND...: the same $loop times, with to/1, to/2 ... as the last word.
tool_looped() {
	tool "$1" looped "$loop" "${@:2}"
}

# each_ovl VARIANT WORD...: adds each build of ovl-cp with these words, in a loop if $loop is set, and
# with a sync of the filesystem in the end if $synced is. VARIANT may be empty.
each_ovl() {
	local name
	for name in "${builds[@]}"; do
		_call "$name" "$name${1:+"+$1"}" "${@:2}"
	done
}

# each_static WORD...: adds the static ovl-cp alone, if there is one.
each_static() {
	[ -z "${program[static]-}" ] || _call static static "$@"
}

# each_other WORD...: adds the other programs that copy like cp.
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

# each_archiver: adds commands that copy src to to/src as with -a. tar and rsync preserve less.
each_archiver() {
	tool floor floor-tree -t 2 src to/src
	tool floor+1thread floor-tree -t 1 src to/src
	each_cp -a src to/src
	! command -v rsync >/dev/null || tool rsync rsync -a src to/
	tool tar sh -c 'tar -cf - src | tar -C to -xpf -'
}

# _call PROGRAM NAME WORD...: adds a command that runs PROGRAM.
_call() {
	local words
	read -ra words <<<"${program[$1]}"
	tool "$2" ${synced:+synced} ${loop:+looped "$loop"} "${words[@]}" "${@:3}"
}

# looped_script: prints the script "looped N COMMAND...", which does as little as a shell can.
looped_script() {
	cat <<'END'
#!/bin/sh
n=$1 i=0
shift
while [ $((i += 1)) -le "$n" ]; do "$@" to/$i || exit; done
END
}

# synced_script: prints the script "synced COMMAND...", whose end is when all is on the disk.
synced_script() {
	cat <<'END'
#!/bin/sh
"$@" && sync -f .
END
}
