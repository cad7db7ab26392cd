#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --fan-out where nothing can be cloned: the source is read once, and everything else is as if the
# destinations were written one after the other.
# needs: images

load ../../fixtures/common
load ../../fixtures/cp

setup() {
	requires strace loop fs:ext4
	fs_make ext4 "$BATS_TEST_TMPDIR/fs" 512
	cd "$BATS_TEST_TMPDIR/fs" || return
	file_make src 3M
	echo old >old
	mkdir dir
}

# bytes_read FILE: prints how many bytes of FILE the traced program read, by any system call.
bytes_read() {
	awk -v file="<$PWD/$1>" 'index($0, file) && /(pread64|read|copy_file_range)\([0-9]+</ &&
		index($0, file) < index($0, ",") { sum += $NF } END { print sum + 0 }' ../trace
}

traced() {
	run strace -f -y --quiet=all -o ../trace -e pread64,read,copy_file_range,pwrite64 \
		"$OVL_CP" "$@"
	echo "$output"
}

# made NAME...: asserts that each is a copy of src.
made() {
	local name
	for name; do cmp src "$name" || fail "no copy: $name"; done
}

@test "ten destinations: the source is read once" {
	traced --fan-out src {1..9} old
	assert_success
	made {1..9} old
	assert_equal "$(bytes_read src)" "$(stat -c %s src)"
}

@test "more destinations than wait at a time: it is read a few times" {
	traced --fan-out --reflink=never src {1..70}
	assert_success
	made {1..70}
	assert_equal "$(bytes_read src)" $((2 * $(stat -c %s src)))
}

@test "few descriptors: fewer wait, all are made" {
	mkdir d{1..40}
	run bash -c 'ulimit -n 24; exec "$@"' - "$OVL_CP" --fan-out src d*
	assert_success
	made d*/src
}

@test "a tree: each of its larger files is read once" {
	mkdir tree && cp src tree/large && echo small >tree/small
	traced -R --fan-out tree {1..5}
	assert_success
	for i in {1..5}; do diff -r tree "$i"; done
	assert_equal "$(bytes_read tree/large)" "$(stat -c %s src)"
}

@test "--debug reports the rule, and --explain predicts it" {
	for debug in --debug --explain; do
		ovl_cp --fan-out "$debug" src a b
		assert_success
		assert_output --regexp '\(rule:? tee\b'
		[ "$debug" = --explain ] || rm a b
	done
	assert_not_exists a
}

@test "one that is cloned among those that wait is completed in its own directory" {
	requires reflink:xfs
	fs_make xfs ../xfs
	mkdir ../xfs/cloned other
	file_make ../xfs/src 3M && ln ../xfs/src ../xfs/link
	# hard links of the source are remembered with what has the name of the copy
	for option in -a --fsync=file; do
		ovl_cp --debug $option --fan-out ../xfs/src dir/x ../xfs/cloned/x other/x
		assert_success
		assert_output --partial 'rule: tee'
		for copy in dir/x ../xfs/cloned/x other/x; do cmp ../xfs/src $copy; done
		shares_extents ../xfs/src ../xfs/cloned/x
		rm dir/x ../xfs/cloned/x other/x
	done
}

@test "holes are kept, made and filled" {
	truncate -s 8M holes && dd if=src of=holes bs=64K seek=32 count=1 conv=notrunc status=none
	truncate -s 12M holes
	dd if=/dev/zero of=zeros bs=1M count=4 status=none && cat src >>zeros
	ovl_cp --fan-out holes a b c
	for name in a b c; do
		cmp holes $name
		[ "$(stat -c %b $name)" -le "$(stat -c %b holes)" ]
	done
	ovl_cp --fan-out --sparse=always zeros a b c
	for name in a b c; do
		cmp zeros $name
		[ "$(stat -c %b $name)" -lt 7000 ]
	done
	ovl_cp --fan-out --sparse=never holes a b c
	for name in a b c; do
		cmp holes $name
		[ "$(stat -c %b $name)" -ge 24576 ]
	done
}

@test "a destination that cannot be written drops out, the others are complete" {
	for when in 1 2 5; do
		inject b pwrite64:error=EIO:when=$when -- --fan-out -v src a b c
		assert_failure 1
		assert_equal "$output" "'src' -> 'a'
'src' -> 'b'
ovl-cp: error writing 'b': Input/output error
'src' -> 'c'"
		assert_not_exists b
		made a c
		rm a c
	done
}

@test "a source that cannot be read fails all destinations, and is reported for each" {
	inject src pread64:error=EIO:when=3 -- --fan-out src a b c
	assert_failure 1
	assert_equal "$output" "ovl-cp: error reading 'src': Input/output error
ovl-cp: error reading 'src': Input/output error
ovl-cp: error reading 'src': Input/output error"
	for name in a b c; do assert_not_exists $name; done
}

@test "interrupted and short calls are continued" {
	inject b pwrite64:error=EINTR:when=1..5+2 -- --fan-out src a b c
	assert_success
	made a b c
	inject src pread64:error=EINTR:when=1..5+2 -- --fan-out src a b c
	assert_success
	made a b c
}

@test "a limit on the size of files fails each by itself" {
	run bash -c 'trap "" XFSZ; ulimit -f 2048; exec "$@"' - "$OVL_CP" --fan-out src a b
	assert_failure 1
	assert_equal "$output" "ovl-cp: error writing 'a': File too large
ovl-cp: error writing 'b': File too large"
}

# The first destinations get the free space, in whatever order they were written.
@test "a filesystem with room for some: the first ones are complete, the others fail" {
	mkdir small && mount -t tmpfs -o size=8M tmpfs small
	ovl_cp --fan-out src small/{a,b,c,d} e
	assert_failure 1
	assert_equal "$output" "ovl-cp: error writing 'small/c': No space left on device
ovl-cp: error writing 'small/d': No space left on device"
	made small/a small/b e
	assert_not_exists small/c
	assert_not_exists small/d
	umount small
}

@test "what is there already and waits is noticed by any name" {
	ln old hard
	ln -s new soft
	ovl_cp --fan-out src new old hard soft new dir dir/src ./a a
	assert_success
	assert_equal "$output" "ovl-cp: warning: destination 'hard' is named more than once
ovl-cp: warning: destination 'soft' is named more than once
ovl-cp: warning: destination 'new' is named more than once
ovl-cp: warning: destination 'dir/src' is named more than once
ovl-cp: warning: destination 'a' is named more than once"
	made new old hard soft dir/src a
	[ old -ef hard ]
	[ -L soft ]
}

@test "messages come in the order of the destinations" {
	echo old >old2
	ovl_cp --fan-out -v --remove-destination src a old none/x src old2
	assert_failure 1
	assert_equal "$output" "'src' -> 'a'
removed 'old'
'src' -> 'old'
ovl-cp: cannot create regular file 'none/x': No such file or directory
ovl-cp: 'src' and 'src' are the same file
removed 'old2'
'src' -> 'old2'"
	made a old old2
}

@test "-i asks when everything before is complete" {
	echo old >old2
	run "$OVL_CP" --fan-out -i src a old b old2 < <(printf 'y\nn\n')
	assert_failure 1
	made a old b
	assert_equal "$(<old2)" old
}

@test "backups are made of what was there" {
	echo old2 >old2
	ovl_cp --fan-out -b src old a old2
	assert_success
	made old a old2
	assert_equal "$(<old~)" old
	assert_equal "$(<old2~)" old2
}

@test "a backup that takes the name of an earlier destination" {
	ovl_cp --fan-out -b src old~ old
	assert_success
	made old
	assert_equal "$(<old~)" old
}

@test "attributes are those of the source" {
	chmod 640 src
	touch -d 2001-02-03 src
	ovl_cp --fan-out -p src a old
	assert_success
	assert_equal "$(stat -c '%a %y' a)" "$(stat -c '%a %y' src)"
	assert_equal "$(stat -c '%a %y' old)" "$(stat -c '%a %y' src)"
}

@test "a FIFO is read once" {
	mkfifo fifo
	feed src fifo
	ovl_cp --fan-out fifo a b c
	assert_success
	made a b c
}

@test "a FIFO among the destinations gets the data when those before it are complete" {
	mkfifo fifo
	cat fifo >got 3>&- &
	ovl_cp --fan-out src a fifo b
	assert_success
	wait $!
	made a got b
}

@test "a source that is shorter than it was is copied to where it ends" {
	inject src pread64:retval=0:when=3 -- --fan-out src c d
	assert_success
	assert_equal "$(stat -c %s c)" $((512 * 1024))
	cmp c d
}

@test "destinations that clone get the bytes once and clone after that" {
	requires reflink:xfs
	fs_make xfs "$BATS_TEST_TMPDIR/x" 512
	mkdir x && mount --bind "$BATS_TEST_TMPDIR/x" x
	ovl_cp --fan-out --debug src a x/1 b x/2 c x/3
	assert_success
	made a b c x/1 x/2 x/3
	assert_equal "$(grep -c 'donor' <<<"$output")" 2
	umount x
}

# mixed: goes to a filesystem that clones, with src and directories. Clones there wait for "$fs/slow",
# which waits for the reading of the source.
mixed() {
	requires reflink:xfs
	fs=$PWD
	fs_make xfs "$BATS_TEST_TMPDIR/x" 512
	cp src "$BATS_TEST_TMPDIR/x/src"
	cd "$BATS_TEST_TMPDIR/x" || return
	mkdir d{1..40}
}

@test "clones that wait for others are complete in their own directories" {
	mixed
	run strace -f -y -o ../trace -e trace=fsync \
		"$OVL_CP" --fsync=file --fan-out src "$fs/slow" d1/a d2/b d3/c
	assert_output ''
	assert_success
	for dir in d1 d2 d3; do grep -q "fsync([0-9]*<$PWD/$dir>) *= 0" ../trace; done
	made "$fs/slow" d1/a d2/b d3/c
}

@test "a clone that waits for others is noticed by any name" {
	mixed
	ovl_cp --fan-out --remove-destination -v src "$fs/slow" d1/a d2/../d1/a
	assert_success
	assert_equal "${lines[*]:2}" "ovl-cp: warning: destination 'd2/../d1/a' is named more than once"
}

@test "few descriptors: fewer clones wait" {
	mixed
	run bash -c 'ulimit -n 24; exec "$@"' - "$OVL_CP" --fan-out src "$fs/slow" d*
	assert_success
	made "$fs/slow" d*/src
}

@test "stopped half-way nothing is left" {
	run strace -f --quiet=all -o ../trace -P "$PWD/b" -e inject=pwrite64:signal=INT:when=3 \
		"$OVL_CP" --fan-out src a b c
	assert_failure 130
	for name in a b c; do assert_not_exists $name; done
}
