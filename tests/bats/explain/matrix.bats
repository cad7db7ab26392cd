#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Lower layers, upper layers, destinations, options and kinds of files: in every cell of this matrix
# --explain changes nothing, and predicts what the copy does, to the byte.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay
load ../../fixtures/explain

# Each stack is tested with the first three, and with two of the others in turn.
options=('' --reflink=always --fan-out --copy-up=always --copy-up-min=4K --reflink=never
	--copy-up=never --require=share --sparse=never --require=clone -p)

setup_file() {
	requires loop overlay reflink:{xfs,btrfs} fs:{ext4,squashfs,erofs} filefrag || return 0
	local from=$BATS_FILE_TMPDIR/from fs i
	for ((i = 0; i < 15; i++)); do # one for each option and place
		mkdir -p "$from/$i/tree"
		file_make "$from/$i/small" 20000 1
		file_make "$from/$i/large" $((1024 * 1024 + 4321)) 2
		: >"$from/$i/empty"
		ln "$from/$i/small" "$from/$i/linked"
		file_make "$from/$i/tree/file" 70000 3
		file_make "$from/$i/holes" 65536 4
		truncate -s 3M "$from/$i/holes"
	done
	for fs in xfs btrfs xfs0 ext4 tmpfs; do
		fs_make $fs "$BATS_FILE_TMPDIR/$fs" 1024
	done
}

# cells_of LOWER UPPER [OPTS]: tests the cells of one stack. If LOWER is "same", it is a directory
# on the filesystem of the upper layer.
cells_of() {
	local base=$BATS_FILE_TMPDIR/$2 dir option file i=0 to
	up=$(mktemp -d -p "$base") low=$BATS_TEST_TMPDIR/low
	if [ "$1" = same ]; then
		low=$(mktemp -d -p "$base") && cp -a "$BATS_FILE_TMPDIR/from/." "$low"
	else
		layer_make "$1" "$low" "$BATS_FILE_TMPDIR/from"
	fi
	overlay_make "$merged" "$low" "$up" "${3-}"
	mkdir "$merged/to" "$up/plain" "$BATS_TEST_TMPDIR/beside"
	watched=("$merged" "$up" "$BATS_TEST_TMPDIR/beside")
	for to in "$merged/to" "$up/plain" "$BATS_TEST_TMPDIR/beside"; do
		for option in "${options[@]:0:3}" "${options[@]:3+BATS_TEST_NUMBER%4*2:2}"; do
			dir=$merged/$((i++))
			# copied up with or without its data, depending on the mount options
			chmod 600 "$dir/tree/file" 2>/dev/null
			for file in small large empty linked holes tree; do
				[ -e "$dir/$file" ] || continue
				mkdir -p "$to/$i" 2>/dev/null
				case $option$file in
				--fan-out*) agrees --fan-out -R "$dir/$file" "$to/$i/$file.1" "$to/$i/$file.2" ;;
				*tree) agrees -R ${option:+"$option"} "$dir/$file" "$to/$i/$file" ;;
				*) agrees ${option:+"$option"} "$dir/$file" "$to/$i/$file" ;;
				esac
			done
		done
	done
	((cells == 3 * 5 * 6)) || fail "$cells cells"
}

@test "ext4 below xfs" { cells_of ext4 xfs; }
@test "ext4 below btrfs" { cells_of ext4 btrfs; }
@test "ext4 below xfs, metacopy" { cells_of ext4 xfs metacopy=on; }
@test "ext4 below btrfs, index and metacopy" { cells_of ext4 btrfs index=on,metacopy=on; }
@test "squashfs below xfs" { cells_of squashfs xfs; }
@test "erofs below btrfs" { cells_of erofs btrfs; }
@test "another xfs below xfs" { cells_of xfs xfs volatile; }
@test "one xfs" { cells_of same xfs; }
@test "one btrfs" { cells_of same btrfs metacopy=on; }
@test "ext4 below xfs without reflink" { cells_of ext4 xfs0; }
@test "tmpfs below ext4" { cells_of tmpfs ext4; }
@test "xfs below tmpfs" { cells_of xfs tmpfs; }
@test "one ext4" { cells_of same ext4; }
