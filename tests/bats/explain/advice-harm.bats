#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The advice of --explain about sources that cannot be copied up helps when it is followed.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay
load ../../fixtures/explain

setup_file() { stack_file ext4 xfs chattr; }

# scene [OPTS]
scene() {
	file_make "$low/linked" 7000 && ln "$low/linked" "$low/linked2"
	stack "${1-}"
	cd "$merged" || return
	watched=("$merged" "$up")
}

@test "hard links, also of a small file: an overlay with index=on" {
	scene
	advised 'mount the overlay with index=on' linked new
	cd / && umount "$merged"
	stack index=on
	cd "$merged" || return
	followed --copy-up=always linked new
	assert_equal "$(stat -c %h linked)" 2
}

@test "a running program, and an immutable file" {
	cp "$(type -P sleep)" "$low/program"
	file_make "$low/fixed" "$SIZE" && chattr +i "$low/fixed"
	scene metacopy=on # where the copy-up has to open the file for writing
	./program 600 3>&- &
	pid=$!
	until_true test "/proc/$pid/exe" -ef program
	advised 'copy it when the program has ended' program new
	kill "$pid" && wait "$pid" || :
	followed --copy-up=always program new
	advised 'remove the attribute (chattr -i) in the layer itself' fixed new2
	cd / && umount "$merged" && chattr -i "$low/fixed"
	stack && cd "$merged" && followed fixed new2
}

@test "hard links come before options, and are not told as a fact where the options cannot be seen" {
	scene index=off
	for option in --copy-up=never --copy-up=always -r --copy-up-min=1G; do
		advised 'mount the overlay with index=on' "$option" linked new
	done
	advised 'mount the overlay with index=on' --fan-out linked new new2
	ovl_cp --reflink=always --copy-up=never linked new
	assert_failure 1
	assert_output --partial 'to share it: mount the overlay with index=on'
	umount -l "$merged" # this directory goes on, but no table lists its mount
	ovl_cp --debug --copy-up=always linked new
	assert_output --partial 'to share it: name the source by a path whose mount /proc/self/mountinfo lists'
	assert_output --partial 'unless the overlay is mounted with index=on, which is unknown'
}

@test "a program that could not be started during its copy-up" {
	file_make "$low/program" "$SIZE" && chmod 755 "$low/program"
	scene metacopy=on
	advised 'use --copy-up=always when no process needs to execute it' program new
	followed --copy-up=always program new
}

@test "a file that a copy-up would fill with zeros" {
	requires python3
	python3 -c 'import sys; f = open(sys.argv[1], "wb")
for i in range(16): f.seek(i << 20); f.write(b"x" * 131072)' "$low/sparse"
	scene
	advised 'use --copy-up=always' sparse new
	assert_output --partial 'would fill its holes with more zeros than it has data'
	followed --copy-up=always sparse new
}

@test "a limit on the size of files, on a filesystem without checksums" {
	file_make "$low/lower" "$SIZE"
	scene
	file_make file "$SIZE"
	ulimit -S -f 1000
	ovl_cp --reflink=always lower new # the copy-up meets it
	assert_failure 1
	assert_output --partial 'the limit on the size of files (ulimit -f) is below its size'
	ovl_cp --reflink=always file new
	assert_failure 1
	assert_output --partial 'the limit on the size of files (ulimit -f) is below its size'
	assert_output --partial 'to share it: raise the limit (ulimit -f)'
	refute_output --partial btrfs
	ovl_cp --explain file new
	assert_failure 1
	assert_output --partial 'File too large'
	ulimit -S -f unlimited
	followed --reflink=always file new
}

@test "whose source cannot be copied up is not told to allow it" {
	requires setpriv root
	file_make "$low/fixed" 2M
	scene
	mkdir -m 777 to
	chmod 777 . # for the temporary file that a clone is tried on
	for dry in --explain ''; do
		# shellcheck disable=SC2086 # one word or none
		run as_user "$OVL_CP" $dry --require=share --copy-up=never fixed to/copy
		assert_failure 1
		assert_line --partial "from 'fixed': Invalid cross-device link: 'fixed' is on a lower layer"
		assert_output --partial 'and it cannot be copied up without write permission'
		refute_output --partial 'allow the copy-up'
	done
	for options in --copy-up=never --copy-up-min=4M; do
		# shellcheck disable=SC2086 # one word or none
		run as_user "$OVL_CP" --debug $options fixed to/copy
		assert_output --partial 'it cannot be copied up without write permission'
		assert_output --partial 'run this as a user with write permission'
	done
}

@test "a layer on another filesystem than the destination is not advised to be cloned from" {
	file_make "$low/small" 20000
	file_make "$low/large" 2M
	scene
	cp large upper # on the upper layer, and so on the filesystem of the destination
	mkdir "$up/outside"
	for dry in --explain --debug; do
		for options in '' --no-layer-bypass; do
			# shellcheck disable=SC2086 # one word or none
			ovl_cp $dry $options small "$up/outside/copy"
			assert_output --partial 'does not clone into or out of an overlay'
			refute_output --partial 'which look it up'
			refute_output --partial 'drop --no-layer-bypass'
		done
		ovl_cp $dry --no-layer-bypass upper "$up/outside/copy"
		assert_output --partial 'drop --no-layer-bypass'
	done
	ovl_cp --require=share --no-layer-bypass large "$up/outside/copy"
	assert_failure
	refute_output --partial 'drop --no-layer-bypass'
}
