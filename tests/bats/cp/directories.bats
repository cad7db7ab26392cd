#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The modes of created directories.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

modes=(700 755 777 555 500 2755 1777 6777)

scene() {
	local mode
	mkdir src to
	for mode in "${modes[@]}"; do
		mkdir "src/$mode"
		echo x >"src/$mode/x"
		chmod "$mode" "src/$mode"
	done
	[ "$(id -u)" != 0 ] || chown -R 65534:65534 src
	chmod 777 . src to
}

masked() { (umask "$mask" && "$@"); }

masked_user() { (umask "$mask" && as_user "$@"); }

# each ARG...: under several umasks, as the user of the tests and as an ordinary user.
each() {
	local twin_as mask
	for mask in 000 022 027 077; do
		for twin_as in masked masked_user; do
			chmod -R u+rwX "$BATS_TEST_TMPDIR"
			rm -rf "$BATS_TEST_TMPDIR"/{cp,ovl}
			same_as_cp "$@" "${modes[@]/#/src/}" to
		done
	done
}

@test "a new directory has the source's mode without the umask" { each -R; }

@test "a new directory with -p has the source's mode" { each -Rp; }

@test "a new directory with --preserve=mode has the source's mode" { each -R --preserve=mode; }

@test "a new directory with --preserve=timestamps has the mode without the umask" {
	each -R --preserve=timestamps
}

@test "a new directory with --preserve=ownership has the mode without the umask" {
	each -R --preserve=ownership
}

@test "a new directory with --no-preserve=mode has the mode of the umask" {
	each -R --no-preserve=mode
}

@test "an umask without rights for the owner does not keep the contents from being made" {
	mask=0777 twin_as=masked_user same_as_cp -R src/755 to
}
