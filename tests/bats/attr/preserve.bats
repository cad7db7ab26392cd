#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --preserve: every combination, for every mode and owner, by root and by an ordinary user.
# shellcheck disable=SC2317 # scene is called by the fixture

load ../../fixtures/common
load ../../fixtures/cp

setup() {
	requires root setpriv
	existing="" twin_as="" compare=same_as_cp
}

modes=(0600 0644 0755 0444 0000 4755 2755 6777 1755)

owners=(0:0 65534:65534 1:65534 65534:1)

# Files of each mode and of four owners; with $existing (OWNER:GROUP) each destination exists. A
# process for each attribute, not for each file.
scene() {
	local mode owner
	chmod 777 .
	mkdir dir
	chmod 777 dir
	for mode in "${modes[@]}"; do
		for owner in "${owners[@]}"; do
			echo "$mode-$owner" >"$mode-$owner"
			[ -z "$existing" ] || echo 'old and longer than the new' >"dir/$mode-$owner"
		done
	done
	for owner in "${owners[@]}"; do chown "$owner" ./*-"$owner"; done
	for mode in "${modes[@]}"; do chmod "$mode" ./"$mode"-*; done
	touch -d '2001-02-03 04:05:06.123456789' ./*-*
	[ -n "$existing" ] || return 0
	chown "$existing" dir/*
	chmod 646 dir/*
	touch -d @1 dir/*
}

# every_choice: copies all files with each combination of attributes.
every_choice() {
	local attrs names
	names=("${modes[@]/%/-0:0}" "${modes[@]/%/-65534:65534}" "${modes[@]/%/-1:65534}"
		"${modes[@]/%/-65534:1}")
	for attrs in mode ownership timestamps mode,ownership mode,timestamps \
		ownership,timestamps mode,ownership,timestamps; do
		rm -rf "$BATS_TEST_TMPDIR"/{cp,ovl}
		twin_times=0
		# for the fixture; a user who may not set the times leaves those of the write
		# shellcheck disable=SC2034
		[[ $attrs != *timestamps* || $existing$twin_as = 3:4as_user ]] || twin_times=1
		"$compare" "--preserve=$attrs" "${names[@]}" dir
	done
}

@test "root makes new files as cp does" { every_choice; }

@test "root overwrites its own files as cp does" { existing=0:0 every_choice; }

@test "root overwrites the files of others as cp does" { existing=3:4 every_choice; }

@test "an ordinary user makes new files as cp does" { twin_as=as_user every_choice; }

@test "an ordinary user overwrites own files as cp does" {
	existing=65534:65534 twin_as=as_user every_choice
}

@test "an ordinary user overwrites the files of others as cp does" {
	# cp 9.1 fails without a message if both mode and ownership are requested
	compare=same_files_as_cp existing=3:4 twin_as=as_user every_choice
}

@test "a member of the source's group keeps the group as cp does" {
	member() { setpriv --reuid 65534 --regid 65534 --groups 65534,1 "$@"; }
	chmod 755 "$BATS_RUN_TMPDIR" "$BATS_RUN_TMPDIR"/{file,test}
	twin_as=member every_choice
}
