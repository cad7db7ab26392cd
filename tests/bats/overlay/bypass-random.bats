#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Past an overlay: random changes in layer upon layer. What the layers are found to have is what
# the kernel shows, file by file.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # variables of the fixtures
# needs: images

load ../../fixtures/overlay
load ../../fixtures/bypass

setup_file() { stack_file ext4 xfs; }

# Every way that there can be.
ways=({a,b,c} {a,b,c}/{a,b,c} {a,b,c}/{a,b,c}/{a,b,c})

# any: sets it to some way.
any() { it=${ways[RANDOM % ${#ways[@]}]}; }

# change: one thing in the overlay; many do not succeed, and that is all right.
change() {
	local from
	any
	from=$it
	any
	case $((RANDOM % 8)) in
	0 | 1) mkdir -p "$from" ;;
	2 | 3) mkdir -p "${from%/*}" && [ ! -d "$from" ] && echo "$((++count))" >"$from" ;;
	4) rm -r "$from" ;;
	5 | 6) mv -T "$from" "$it" ;;
	7) chmod "$((RANDOM % 2 ? 600 : 640))" "$from" ;;
	esac 2>/dev/null || :
}

# compare: each way, as the overlay shows it and as it is found.
compare() {
	local way real shown found
	while read -r way real; do
		shown=- found=-
		[ ! -f "$merged/$way" ] || shown=$(<"$merged/$way")
		[ "$real" = - ] || found=$(<"$real")
		assert_equal "$way: $found" "$way: $shown"
		[ "$shown" = - ] || seen=$((seen + 1))
	done < <(paste -d ' ' <(printf '%s\n' "${ways[@]}") \
		<("$bypass" --lookup "$merged" "${ways[@]}"))
}

# layers OPTS SEED: nine layers, each changed as a whole and then laid under the next one.
layers() {
	local list=$up/0 i j count=0 seen=0
	RANDOM=$2
	mkdir "$up/0"
	for i in {1..9}; do
		overlay_make "$merged" "$list" "$up" "$1"
		cd "$merged" || return
		for j in {1..20}; do change; done
		cd / || return
		compare
		# what the kernel has cached must not be all that it knows
		overlay_remount "$merged"
		compare
		umount "$merged"
		mv "$up/upper" "$up/$i"
		rm -rf "$up/work"
		list=$up/$i:$list
	done
	echo "seed $2: $seen files, $(find "$up/"? -type c | wc -l) whiteouts, $(getfattr -R -d -m \
		'overlay.(opaque|redirect|metacopy)' "$up/"? 2>/dev/null | grep -c =) marks"
	[ "$seen" -gt 50 ]
	rm -rf "$up/"?
}

@test "with redirects and files with metadata only" {
	for seed in {1..6}; do layers redirect_dir=on,metacopy=on "$seed"; done
}

@test "without" {
	for seed in {7..9}; do layers redirect_dir=off "$seed"; done
}
