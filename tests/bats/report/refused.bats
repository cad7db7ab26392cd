#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# A report touches no file before the command line is right, and never one that the copy uses.

load ../../fixtures/report

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	echo precious >f
	echo source >src
	mkdir -p dir/sub dir2
}

# keeps FILE ARG...: the call must fail, and leave FILE and the names here as they are.
keeps() {
	local names content
	names=$(find . | sort)
	content=$(cat "$1")
	ovl_cp "${@:2}"
	assert_failure 1
	assert_equal "$(cat "$1")" "$content"
	assert_equal "$(find . | sort)" "$names"
}

@test "a command line that is not right leaves the report as it is" {
	keeps f --report f src
	keeps f --report f
	keeps f --report=f -t none src
	keeps f --report=f src other none
	keeps f --report=f -T src other third
	keeps f --report=f --parents src new
	keeps f --report=f --fan-out src
	keeps f --report=f --fan-out --dests-from=none src
	keeps f --report=f --frobnicate src new
	keeps src --report=new src
	ln -s new to-new
	keeps src --report=to-new src new
	keeps src --report=to-new src
}

@test "a file that gets a copy in a directory is refused as report" {
	echo older >dir/src
	mkdir -p dir/dir && echo older >dir/dir/src
	for report in dir/src dir2/../dir/src; do
		keeps dir/src "--report=$report" src dir
		keeps dir/src "--report=$report" -t dir f src
		keeps dir/src "--report=$report" --fan-out src new dir
		assert_output --partial 'the copy itself uses the file'
	done
	keeps dir/dir/src --report=dir/dir/src --parents dir/src dir
	ln src dir/hard
	keeps dir/hard --report=dir/hard src new
	keeps src --report=dir2/src src dir2
	echo new1 >list
	# shellcheck disable=SC2094 # that is the point
	keeps list --report=list --fan-out --dests-from=- src <list
}

@test "a file with contents in a tree that is copied is refused as report" {
	echo precious >dir/sub/f
	ln -s dir/sub link
	for report in dir/sub/f dir2/../link/f; do
		keeps dir/sub/f "--report=$report" -R src dir dir2
		keeps dir/sub/f "--report=$report" -a dir/. dir2
		keeps dir/sub/f "--report=$report" -a dir/sub new
		assert_output --partial 'that would empty a file in a tree that is to be copied'
	done
	for report in dir/new dir2/f; do
		echo old >dir2/f
		ovl_cp -R --report="$report" --report-format=text dir/sub new
		assert_success
	done
}

@test "a file with the size and time of a source is another file" {
	cp -p src twin
	ovl_cp --report=twin --report-format=text src new
	assert_success
	cmp src new
	[ "$(wc -l <twin)" = 2 ]
}

@test "a link that leads to itself is not the report, neither as a source nor at the destination" {
	ln -s loop loop
	mkdir tree && ln -s loop tree/loop && cp src tree
	for report in new f; do
		rm -f copy
		ovl_cp -P --report="$report" --report-format=text loop copy
		assert_success
		ovl_cp -aT --report="$report" --report-format=text tree to
		assert_success
		ovl_cp -aT --report="$report" --report-format=text tree to # over the links of the first
		assert_success
		grep -q ^summary "$report"
	done
}

@test "nor is a link to where the caller may not look" {
	requires root
	mkdir -m 700 closed && echo x >closed/f
	mkdir tree && ln -s "$PWD/closed/f" tree/link
	chmod 777 .
	for n in 1 2; do
		run as_user "$OVL_CP" -aT --report="r$n" --report-format=text tree to
		assert_output ''
		assert_success
	done
	run as_user "$OVL_CP" -P --report=r3 --report-format=text tree/link copy
	assert_success
	[ -L copy ]
}
