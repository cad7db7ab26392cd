#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Access control lists of NFSv4 are copied with the mode; one that is left behind is an error, unless
# it says no more than the mode.

load ../../fixtures/common
load ../../fixtures/quirkfs

setup() {
	requires root overlay fusepy setfattr
	cd "$BATS_TEST_TMPDIR" || return
	quirkfs_mount back mnt nfs4
	echo x >back/x
	chmod 640 back/x
}

# entry TYPE FLAGS MASK WHO: prints one in XDR, as hexadecimal digits.
entry() {
	local hex
	hex=$(printf %s "$4" | xxd -p)
	while [ $((${#hex} % 8)) != 0 ]; do hex+=00; done
	printf %08x%08x%08x%08x%s "$1" "$2" "$3" "${#4}" "$hex"
}

# acl ENTRY...: gives mnt/x such a list.
acl() {
	local IFS=
	setfattr -n system.nfs4_acl -v "0x$(printf %08x $#)$*" mnt/x
}

list_of() { getfattr --absolute-names -n system.nfs4_acl -e hex "$1" | sed -n 2p; }

@test "they are kept where they can be, with -p, -a and --preserve=mode only" {
	acl "$(entry 0 0 0x1f alice@example.org)"
	for how in -p -a --preserve=mode; do
		ovl_cp $how mnt/x mnt/new
		assert_success
		assert_equal "$(list_of mnt/new)" "$(list_of mnt/x)"
		assert_equal "$(stat -c %a mnt/new)" 640
		ovl_cp --preserve=timestamps mnt/x mnt/plain
		assert_success
		[ -z "$(list_of mnt/plain 2>/dev/null)" ]
		rm mnt/new mnt/plain
	done
}

@test "one that is left behind is an error" {
	for list in "$(entry 0 0 0x1f alice@example.org)" "$(entry 0 0x40 0x1f staff@example.org)" \
		"$(entry 0 3 0x1f OWNER@)" "$(entry 2 0 0x1f EVERYONE@)"; do
		acl "$(entry 0 0 0x1f OWNER@)" "$list"
		for how in -p -a; do
			rm -f new
			ovl_cp $how mnt/x new
			assert_failure 1
			assert_output --partial "preserving permissions for 'new': Operation not supported"
			assert_equal "$(stat -c %a new)" 640
		done
	done
}

@test "one that says what the mode says is not" {
	acl "$(entry 0 0 0x1601bf OWNER@)" "$(entry 1 0x40 0x1a GROUP@)" \
		"$(entry 0 0x40 0x120089 GROUP@)" "$(entry 0 0 0x120088 EVERYONE@)"
	ovl_cp -p mnt/x new
	assert_success
	assert_output ''
}
