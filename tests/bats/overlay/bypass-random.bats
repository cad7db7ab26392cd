#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Layer bypass: random changes in many layers. Each file that the lookup finds in the layers is the
# one that the kernel shows.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # variables of the fixtures
# needs: images

load ../../fixtures/overlay
load ../../fixtures/bypass

setup_file() { stack_file ext4 xfs; }

# All paths that may exist.
ways=({a,b,c} {a,b,c}/{a,b,c} {a,b,c}/{a,b,c}/{a,b,c})

# any: sets it to a random path.
any() { it=${ways[RANDOM % ${#ways[@]}]}; }

# change: makes a random change in the overlay; many of them fail, which is intended.
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

# compare: compares for each path what the overlay shows with what the lookup finds.
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

# layers OPTS SEED: changes nine upper layers, each of which becomes a lower layer of the next.
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
		# once more with empty caches of the kernel
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
	for seed in {1..6}; do untraced layers redirect_dir=on,metacopy=on "$seed"; done
}

@test "without" {
	for seed in {7..9}; do untraced layers redirect_dir=off "$seed"; done
}
