#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Trees are copied by file descriptors: a process that renames directories meanwhile cannot redirect
# the copy. A FIFO in the source, whose contents are copied, stops the copy at that point.

load ../../fixtures/common

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	mkdir -p src/sub outside
	mkfifo src/sub/fifo
	echo secret >outside/file
}

# meanwhile COMMAND...: copies src to dst with --copy-contents and the options in the array
# "options"; runs COMMAND while the copy waits for data from the FIFO.
meanwhile() {
	local copy
	timeout 60 "$OVL_CP" -R --copy-contents "${options[@]}" src dst 3>&- 2>err &
	copy=$!
	exec 5>src/sub/fifo # returns when the program has opened it, after it created dst/sub
	"$@"
	echo data >&5
	exec 5>&-
	wait "$copy"
}

swap_destination() {
	mv dst/sub dst/moved
	ln -s "$PWD/outside" dst/sub
}

swap_source() {
	mv src/sub src/moved
	ln -s "$PWD/outside" src/sub
}

@test "a directory of the destination that becomes a link is not followed" {
	options=()
	echo late >src/sub/zz
	meanwhile swap_destination || true
	assert_equal "$(ls outside)" file
	assert_equal "$(<outside/file)" secret
	assert_equal "$(<dst/moved/fifo)" data
}

@test "attributes go to the directory that was made, not to what has its name" {
	options=(-p)
	chmod 700 outside
	chmod 751 src/sub
	touch -d 2001-01-01 src/sub outside
	meanwhile swap_destination || true
	assert_equal "$(stat -c '%a %Y' outside)" "700 $(date -d 2001-01-01 +%s)"
	assert_equal "$(stat -c '%a %Y' dst/moved)" "751 $(date -d 2001-01-01 +%s)"
}

@test "a directory of the source that becomes a link is not followed" {
	options=()
	meanwhile swap_source || true
	assert_not_exists dst/sub/file
	assert_equal "$(<dst/sub/fifo)" data
}

@test "below what was named, every name has one component" {
	requires strace
	rm src/sub/fifo
	mkdir -p src/sub/deeper
	echo x | tee src/sub/f src/sub/deeper/g >src/h
	ln src/sub/f src/hard
	ln -s f src/sub/link
	strace -f -o trace -e trace=%file "$OVL_CP" -a src dst
	# from the first use of the source on, all names except those of libraries, /proc and /sys
	sed -n '1d;/"src"/,$p' trace |
		grep -v -e '"/proc/self/' -e '"/sys/' -e '"/etc/' -e '"/lib' -e '"/usr/' >calls
	grep -q '"deeper"' calls
	run grep -E '"[^"]*/[^"]*"' calls
	assert_output ''
}
