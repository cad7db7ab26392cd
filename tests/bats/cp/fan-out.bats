#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --fan-out on any filesystem: which destinations are created, and which messages are printed.

load ../../fixtures/common
load ../../fixtures/cp

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	file_make src 300K
	mkdir dir dir2 closed
	echo old >old
	chmod 0 closed
}

# made NAME...: asserts that each is a copy of src.
made() {
	local name
	for name; do cmp src "$name" || fail "no copy: $name"; done
}

@test "every destination is made: new, existing, in a directory, through a link" {
	ln -s old link
	ovl_cp --fan-out -v src new old/../new2 dir dir2/x link
	assert_failure 1 # old is not a directory
	assert_equal "$output" "'src' -> 'new'
ovl-cp: cannot stat 'old/../new2': Not a directory
'src' -> 'dir/src'
'src' -> 'dir2/x'
'src' -> 'link'"
	made new dir/src dir2/x old
}

@test "one destination is a copy" {
	ovl_cp --fan-out src new
	assert_success
	made new
}

@test "a failure in the middle leaves the others to be made, and the exit status is 1" {
	ovl_cp --fan-out src a nodir/x b nodir/y c
	assert_failure 1
	assert_equal "$output" \
		"ovl-cp: cannot create regular file 'nodir/x': No such file or directory
ovl-cp: cannot create regular file 'nodir/y': No such file or directory"
	made a b c
}

@test "a failure of the first and the last leaves the others to be made" {
	ovl_cp --fan-out src nodir/x a b nodir/y
	assert_failure 1
	made a b
}

@test "a failure for want of rights leaves the others to be made" {
	chmod 777 .
	run as_user "$OVL_CP" --fan-out src a closed/x b
	assert_failure 1
	assert_output "ovl-cp: cannot stat 'closed/x': Permission denied"
	made a b
}

once() {
	assert_success
	assert_output "ovl-cp: warning: destination '$1' is named more than once"
}

@test "a destination that is named twice is copied once, with a warning and success" {
	ovl_cp --fan-out src a b a
	once a
	made a b
}

@test "a destination that is named again by another spelling is copied once" {
	ovl_cp --fan-out src dir dir/../dir/src
	once dir/../dir/src
	made dir/src
}

@test "a destination that is named again by a symbolic link is copied once" {
	ln -s new link
	ovl_cp --fan-out src new link
	once link
	made new
	assert_link_exists link
}

@test "a destination that is named again by a hard link is copied once" {
	ln old hard
	ovl_cp --fan-out src old hard
	once hard
	made old hard
	[ old -ef hard ]
}

@test "a destination that is named twice is removed once" {
	ovl_cp --fan-out --remove-destination -v src old old
	assert_success
	assert_equal "$output" "removed 'old'
'src' -> 'old'
ovl-cp: warning: destination 'old' is named more than once"
	made old
}

@test "the source among the destinations is refused, the others are made" {
	was=$(state_of src)
	ln src hard
	ln -s src soft
	ovl_cp --fan-out src a src b hard soft c
	assert_failure 1
	assert_equal "$output" "ovl-cp: 'src' and 'src' are the same file
ovl-cp: 'src' and 'hard' are the same file
ovl-cp: 'src' and 'soft' are the same file"
	made a b c
	rm hard
	assert_equal "$(state_of src)" "$was"
}

@test "a FIFO is read once for all destinations" {
	mkfifo fifo
	feed src fifo
	ovl_cp --fan-out fifo a b c
	assert_success
	made a b c
}

@test "a FIFO whose first destination fails is copied to the others" {
	mkfifo fifo
	feed src fifo
	ovl_cp --fan-out fifo nodir/x a b
	assert_failure 1
	made a b
}

@test "a FIFO that is copied to another one first cannot be read again, which is an error" {
	mkfifo fifo to
	feed src fifo
	cat to >got 3>&- &
	ovl_cp --fan-out fifo to a
	assert_failure 1
	assert_output "ovl-cp: cannot copy 'fifo' to 'a': the source can be read only once"
	wait
	made got
	assert_not_exists a
}

@test "several FIFOs get the whole file each" {
	mkfifo one two
	cat one >got1 3>&- &
	cat two >got2 3>&- &
	ovl_cp --fan-out src a one two b
	assert_success
	wait
	made a got1 got2 b
}

@test "an empty file, and a file in /proc, go to all destinations" {
	: >empty
	ovl_cp --fan-out empty a b
	assert_success
	cmp empty b
	ovl_cp --fan-out /proc/version c d
	assert_success
	cmp /proc/version c
	cmp /proc/version d
}

@test "a missing source creates nothing, and is reported once" {
	ovl_cp --fan-out none a b
	assert_failure 1
	assert_output "ovl-cp: cannot stat 'none': No such file or directory"
	assert_not_exists a
	assert_not_exists b
}

@test "a directory as the source is omitted" {
	ovl_cp --fan-out dir a b
	assert_failure 1
	assert_output "ovl-cp: -r not specified; omitting directory 'dir'"
}

@test "-T does not enter directories" {
	ovl_cp --fan-out -T src a dir b
	assert_failure 1
	assert_output "ovl-cp: cannot overwrite directory 'dir' with non-directory 'src'"
	made a b
}

@test "-n leaves existing destinations alone and makes the others" {
	ovl_cp --fan-out -n src a old b
	assert_success
	made a b
	assert_equal "$(<old)" old
}

@test "-i asks for each existing destination" {
	echo old >old2
	run "$OVL_CP" --fan-out -i src old a old2 < <(printf 'n\ny\n')
	assert_failure 1
	assert_output "ovl-cp: overwrite 'old'? ovl-cp: overwrite 'old2'? "
	made a old2
	assert_equal "$(<old)" old
}

@test "2000 destinations need few descriptors" {
	mkdir many
	names=(many/{1..2000})
	(ulimit -n 64 && "$OVL_CP" --fan-out --reflink=never old "${names[@]}")
	assert_equal "$(cat "${names[@]}" | sort | uniq -c)" '   2000 old'
}

@test "2000 destinations in 2000 directories need few descriptors" {
	mkdir -p many/{1..2000}
	(ulimit -n 64 && "$OVL_CP" --fan-out old many/*)
	assert_equal "$(cat many/*/old | sort | uniq -c)" '   2000 old'
}
