#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# tests/crash/outcome, by which the tests of this folder judge: it sees each state.

load ../../fixtures/common
load ../../fixtures/crash

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	mkdir -p new/dir old dest/dir
	for name in dir/new bare empty part old absent; do echo "new $name" >"new/$name"; done
	echo before >old/old
	cp -p new/dir/new dest/dir
	cp new/bare dest && chmod 600 dest/bare
	: >dest/empty
	echo 'new par' >dest/part
	cp old/old dest
	: >dest/dir/.ovl-cp.0123
	: >dest/extra
}

@test "each state has its letter" {
	run outcome new old dest nboaeptxM
	assert_success
	assert_output 'new 1 bare 1 old 1 absent 1 empty 1 part 1 temporary 1 extra 1'
	for state in n:new:dir/new b:bare:bare o:old:old a:absent:absent e:empty:empty p:part:part \
		t:temporary:dir/.ovl-cp.0123 x:extra:extra; do
		IFS=: read -r letter word name <<<"$state"
		letters=nboaeptxM
		run outcome new old dest "${letters/$letter/}"
		assert_failure 1
		assert_line --index 0 "$word: $name"
		assert_equal "${#lines[@]}" 2
	done
}

@test "without an M attributes are not compared" {
	run outcome new old dest noaeptx
	assert_success
	assert_line 'new 2 bare 0 old 1 absent 1 empty 1 part 1 temporary 1 extra 1'
}

@test "without a tree to compare with nothing is judged" {
	run outcome missing - dest nboaeptx
	assert_failure 2
	run outcome new missing dest nboaeptx
	assert_success
	run outcome new - missing a
	assert_success
	assert_output 'new 0 bare 0 old 0 absent 6 empty 0 part 0 temporary 0 extra 0'
}
