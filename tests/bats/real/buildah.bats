#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Image builds by buildah: the base image in another store, on another filesystem. Each step is run
# with GNU cp, too: what is committed must be the same.
# shellcheck disable=SC2016,SC2030,SC2031,SC2154 # shells in the container; variables of the fixture
# needs: images

load ../../fixtures/build

setup_file() { build_file; }

SMALL=$((1200 * 8192)) # what the tree takes

@test "a tree that is copied twice takes the room of one until it is committed" {
	build_both "$TREES" OVL_CP_REMEMBER=yes
	[ "$gnu_upper" -gt $((SMALL * 2)) ]
	assert_room $((gnu_upper / 2)) "$upper" 'the upper layer'
}

@test "a loop of 20 copies takes the room of one" {
	build_both "$LOOP" OVL_CP_REMEMBER=yes
	assert_room $((BIG * 20)) "$gnu_upper" 'the upper layer of cp'
	assert_room "$BIG" "$upper" 'the upper layer'
}

@test "hard links take the room of one in what is committed, too" {
	build_both "$LOOP" OVL_CP_REMEMBER=yes OVL_CP_SHARE=hardlink
	assert_room "$BIG" "$upper" 'the upper layer'
	assert_room "$BIG" "$tar" 'the archive'
	assert_room "$BIG" "$(room "$layer")" 'the layer'
}

@test "libraries that are copied one by one leave nothing of themselves" {
	build_both 'for f in /lib/*/* /app/big; do cp -p "$f" /work/; done' OVL_CP_REMEMBER=yes
	assert_not_exists "$layer/lib"
	assert_not_exists "$layer/app"
}

@test "what was committed shares its data again after --dedupe-within" {
	build ovl "$LOOP" OVL_CP_REMEMBER=yes
	assert_room $((BIG * 20)) "$(room "$layer")" 'the layer'
	growth_start "$up"
	ovl_cp --dedupe-within "$layer"
	assert_success
	assert_room $((-BIG * 19)) "$(growth "$up")" 'what was shared'
}

# build_file_with ENV: a build of a Containerfile with these variables. Sets grown.
build_file_with() {
	local context=$BATS_TEST_TMPDIR/context
	mkdir -p "$context"
	printf '%s\n' 'FROM base' "ENV PATH=/ovl $1" "RUN [\"/bin/sh\", \"-ec\", \"$LOOP\"]" \
		"RUN [\"/bin/sh\", \"-ec\", \"$TREES\"]" >"$context/Containerfile"
	rm -rf "${graph:?}"/*
	growth_start "$up"
	tool buildah build -q --pull=never --layers=false -t made "$context"
	grown=$(growth "$up")
	layer=$(echo "$graph"/overlay/*/diff/work)
	echo "$1: grown by $grown"
	cmp "$BATS_FILE_TMPDIR/low/root/app/big" "$layer/t"
	diff -r "$BATS_FILE_TMPDIR/low/root/app/modules" "$layer/two"
}

@test "one line of ENV in a Containerfile makes the image smaller" {
	build_file_with ''
	[ "$grown" -gt $((BIG * 20 + SMALL * 2)) ]
	build_file_with 'OVL_CP_REMEMBER=yes OVL_CP_SHARE=hardlink'
	[ "$grown" -lt $((BIG * 2 + SMALL * 3 / 2)) ]
}

@test "GNU cp below ovl-run takes the room of one" {
	requires ovl-run
	build gnu "/ovl/run --require /bin/sh -ec '$LOOP'"
	assert_room "$BIG" "$upper" 'the upper layer'
}
