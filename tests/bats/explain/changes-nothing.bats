#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# With --explain no option changes a file or its times, copies up, or waits.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay
load ../../fixtures/explain

setup_file() { stack_file ext4 xfs mkfifo; }

# scene: mounts a stack with files of all kinds on both layers, and changes to it.
scene() {
	mkdir -p "$low/tree/sub" "$low/old/tree" "$low/to"
	file_make "$low/file" "$SIZE"
	file_make "$low/tree/one" 2M
	file_make "$low/tree/sub/two" 70000
	ln "$low/tree/one" "$low/tree/twin"
	ln -s one "$low/tree/link"
	mkfifo "$low/tree/fifo" "$low/fifo"
	file_make "$low/old/tree/one" 5000
	file_make "$low/old/file" 4000
	touch -d 2030-01-01 "$low/old/newer"
	chmod 400 "$low/old/file"
	stack
	file_make "$merged/to/upper" 3000
	cd "$merged" || return
	watched=("$merged" "$up" "$low")
}

# all_of OPTIONS... -- OPERAND...: runs --explain with each of OPTIONS, which may be several words.
all_of() {
	local options=() option
	while [ "$1" != -- ]; do
		options+=("$1")
		shift
	done
	for option in "${options[@]}"; do
		# shellcheck disable=SC2086 # several words
		explains $option "${@:2}"
		assert_success
		assert_output --partial 'nothing was copied'
		refute_output --partial 'overwrite'
	done
}

@test "a file to a new name" {
	scene
	all_of '' -p -a -l -s --attributes-only '--attributes-only -p' --reflink=always \
		--copy-up=always --require=share --fallback=warn --sparse=always -- file new
}

@test "a file over one on a lower layer, and over one on the upper layer" {
	scene
	for there in old/file old/newer to/upper; do
		all_of '' -f -b --backup=numbered -i -n -u -p --remove-destination -lf '-s -f' \
			--attributes-only --reflink=always -- "$PWD/file" $there
	done
}

@test "a tree to a new name, and into one that is there" {
	scene
	all_of -R -a -aL '-R --attributes-only' '-R -p' '-R --copy-up=always' -- tree new
	all_of '-R -l' -- tree/sub new # files with other names on the lower layer are refused
	all_of -R -a -ab '-a --remove-destination' '-R -f' '-R -u' '-R -n' '-R -i' -- tree old
	all_of '--fan-out -a' -- tree old new to/there
}

@test "--parents creates no directory, and a file in place of one is not removed" {
	scene
	all_of --parents '--parents -p' '--parents -b' -- tree/sub/two to
	all_of -R '-a --parents' -- tree/sub to
	all_of '-t to' -- file tree/one
}

@test "FIFOs are not opened" {
	scene
	all_of '' -p -L --sparse=always -- fifo new
	all_of "" -- fifo old/file
	all_of '-R --copy-contents' -- tree new
}
