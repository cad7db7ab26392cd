#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# openat2(2) is missing before Linux 5.6, and forbidden in some containers.

load ../../fixtures/common

setup() {
	requires strace
	cd "$BATS_TEST_TMPDIR" || return
	mkdir -p src/d/e dst/src/d
	echo new | tee src/f src/d/f src/d/e/f >dst/src/old
	ln -s f src/d/link
	ln -s ../old dst/src/d/f # a link to be followed, inside of the destination
}

@test "a kernel without openat2 changes nothing: links are resolved name by name" {
	for options in -R -a '-RL --parents'; do
		# shellcheck disable=SC2086 # words
		strace -f -qq -o trace -e trace=openat2 -e inject=openat2:error=ENOSYS \
			"$OVL_CP" $options src dst
		cmp src/d/e/f dst/src/d/e/f
		assert_equal "$options $(<dst/src/old) $(readlink dst/src/d/f)" "$options new ../old"
		assert_equal "$(<trace)" ''
	done
}
