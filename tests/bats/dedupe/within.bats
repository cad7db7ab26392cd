#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --dedupe-within: all equal files below directories become one set of blocks.
# shellcheck disable=SC2030,SC2031 # status is that of ovl_cp, in the same subshell
# needs: images

load ../../fixtures/common
load ../../fixtures/dedupe

setup_file() { dedupe_file xfs btrfs; }

sets() {
	mkdir -p d/e/f
	file_make a 300K 1 && twin a d/a2 && twin a d/e/f/a3
	file_make b 300K 2 && twin b d/b2                 # the same size
	file_make c 300K 1 && printf x | dd of=c bs=1 seek=290000 conv=notrunc status=none # and beginning
	file_make alone 5001 && : >empty && : >d/empty
	used=$(used_bytes .)
	unchanged --dedupe-within -v .
	assert_success
	assert_output "$(printf '%s\n' "'./a' -> './d/a2'" "'./a' -> './d/e/f/a3'" "'./b' -> './d/b2'")"
	shares_extents a d/a2
	shares_extents a d/e/f/a3
	shares_extents b d/b2
	assert_equal "$(shared_bytes a b) $(shared_bytes a c)" '0 0'
	[ "$(used_bytes .)" -lt $((used - 3 * 300 * 1024 + 128 * 1024)) ]
}
@test "equal files become one set; others of their size do not" {
	on_each sets
}

second_run() {
	requires strace
	mkdir d && file_make a 4M && twin a d/b && twin a c
	"$OVL_CP" --dedupe-within .
	is_idle --dedupe-within . || fail 'the kernel was asked again'
	strace -f -e trace=read,pread64 -P "$PWD/a" -P "$PWD/d/b" -P "$PWD/c" -o trace "$OVL_CP" --dedupe-within .
	refute grep -E 'p?read' trace
	twin a new && ovl_cp --dedupe-within -v .
	assert_output "'./a' -> './new'"
}
@test "a second run neither compares nor reads; a new file joins the set" {
	on_each second_run
}

no_names() {
	requires timeout
	file_make a 100K && mkdir d out && ln a d/hard && ln -s ../a d/soft && ln -s ../out d/out
	mkfifo d/pipe && mknod d/null c 1 3 && twin a out/b
	run timeout 60 "$OVL_CP" --dedupe-within d
	[ "$status" != 124 ]
	unchanged --dedupe-within -v d d ./d
	assert_success
	refute_output # a hard link, seen three times, is one file
	assert_equal "$(shared_bytes a out/b)" 0
	unchanged --dedupe-within -v d out
	assert_output "'d/hard' -> 'out/b'"
}
@test "hard links are one file, links are not followed, FIFOs not opened" {
	on_each no_names
}

sparse() {
	truncate -s 40M a && file_make part 1M && dd if=part of=a bs=1M seek=20 conv=notrunc status=none
	twin a b && cp --reflink=never a c
	dd if=/dev/zero of=c bs=1M count=4 conv=notrunc status=none # zeros instead of a hole
	rm part && blocks=$(stat -c %b b)
	unchanged --dedupe-within -v .
	assert_output "$(printf '%s\n' "'./a' -> './b'" "'./a' -> './c'")"
	[ "$(stat -c %b b)" -le "$blocks" ]
}
@test "a hole and zeros are equal" {
	on_each sparse
}

@test "SIGTERM ends a search among many files of one size" {
	requires strace
	cd "$BATS_FILE_TMPDIR/xfs" && mkdir many && cd many
	for ((i = 10000; i < 10400; i++)); do echo $i >$i; done
	# shellcheck disable=SC2016 # for sh
	strace -o ../ioctls -e trace=ioctl -e inject=ioctl:delay_exit=20000 \
		sh -c 'echo $$ >../pid; exec "$OVL_CP" --dedupe-within .' 3>&- &
	until_true grep -q FIEMAP ../ioctls
	kill -TERM "$(<../pid)"
	wait || :
	assert [ "$(grep -c FIEMAP ../ioctls)" -lt 300 ]
}

@test "more directories are searched than descriptors may be open by default" {
	cd "$BATS_FILE_TMPDIR/xfs" && mkdir dirs && cd dirs
	for i in {1..80}; do mkdir "$i" && echo "$((i / 2))" >"$i/f"; done
	run bash -c 'ulimit -S -n 64 && exec "$OVL_CP" --dedupe-within "$@"' bash {1..80}
	assert_success
	assert_output ''
	shares_extents 78/f 79/f # of the last ones
}
