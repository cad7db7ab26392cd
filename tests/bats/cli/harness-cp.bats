#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The comparison with cp (tests/fixtures/cp.bash): what it would not see, no test would.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

tree() {
	mkdir -p "$1/dir/sub" && (
		cd "$1" && echo content >file && chmod 644 file && ln file hard && echo content >third &&
			ln -s file link && mkfifo fifo && mknod device c 1 3 && truncate -s 4K holes &&
			setfattr -n user.one -v 1 file && setfattr -n trusted.two -v 2 dir &&
			setfacl -m u:5:r third && find . -exec touch -h -d 2001-01-01 {} +
	)
}

@test "a difference of any kind between two trees is seen" {
	requires root setfattr setfacl
	local change
	tree a
	tree b
	assert_equal "$(tree_dump a)" "$(tree_dump b)"
	for change in 'chmod 600 file' 'chmod u+s dir/sub' 'chown 7 link' 'chgrp 7 file' 'rm third' \
		'echo more >>third' 'printf conTent\\n >third' 'ln -sfn fill link' 'rm hard && cp -p file hard' \
		'ln file more' 'rm device && mknod -m 644 device c 1 5' 'rm device && mknod -m 644 device b 1 3' \
		'rm fifo && touch fifo' 'touch new' 'mkdir dir/sub/new' 'setfattr -n user.one -v 3 file' \
		'setfattr -x user.one file' 'setfattr -n user.other -v 1 dir' 'setfattr -n trusted.two -v 3 dir' \
		'setfacl -m u:5:w third' 'setfacl -d -m u:5:r dir' 'truncate -s 5K holes'; do
		rm -r b && tree b
		(cd b && eval "$change")
		[ "$(tree_dump a)" != "$(tree_dump b)" ] || fail "not seen: $change"
	done
	rm -r b && tree b
	touch -d @1 b/file
	assert_equal "$(tree_dump a)" "$(tree_dump b)"
	twin_times=1
	[ "$(tree_dump a)" != "$(tree_dump b)" ] || fail 'not seen: a time'
	touch a/file b/dir b/file a/dir
	assert_equal "$(tree_dump a)" "$(tree_dump b)"
}

setup() {
	lab_setup
	cd "$BATS_TEST_TMPDIR" || return
}

@test "another status, message, output or tree than that of cp is seen" {
	local rest part differ real=$OVL_CP
	scene() { echo source >src; }
	OVL_CP=$PWD/ovl-cp
	for rest in '' 'status exit 3' 'err echo more >&2' 'out echo more' 'tree touch extra' \
		'err printf "\0" >&2' 'out printf "\0"' 'tree chmod 600 new'; do
		printf '#!/bin/sh\n%q "$@"\n%s\n' "$real" "${rest#* }" >"$OVL_CP"
		chmod +x "$OVL_CP"
		rm -rf cp ovl
		twins src new
		differ=
		for part in status tree out err; do _agree $part >/dev/null 2>&1 || differ+=$part; done
		assert_equal "$rest: $differ" "$rest: ${rest%% *}"
	done
}

@test "a tree that is too deep to be described fails" {
	mkdir -p "$(printf 'd/%.0s' {1..600})"
	run ! tree_dump .
}
