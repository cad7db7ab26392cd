#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# "make dist" from two copies of the source: the same bytes.
# needs: time

load ../../fixtures/common
load ../../fixtures/real
load ../../fixtures/release

setup() {
	lab_setup
	requires autoreconf make gcc pkg-config
	cd "$BATS_TEST_TMPDIR" || return
	export SOURCE_DATE_EPOCH=1700000000
}

# dist NAME: generates, configures and packs the source in NAME.
dist() {
	(cd "$1" && { [ -e configure ] || autoreconf -fi; } && ./configure && make dist V=0) >"$1.log" 2>&1 ||
		fail "$(tail -n 20 "$1.log")"
}

@test "two copies of the source make the same release, and so does the unpacked release" {
	source_make "$BATS_TEST_TMPDIR/one"
	(umask 077 && cp -r one 'another path')
	dist one
	(umask 077 && TZ=Asia/Tokyo LC_ALL=C.UTF-8 dist 'another path')
	cmp one/ovl-cp-*.tar.gz 'another path'/ovl-cp-*.tar.gz
	unset SOURCE_DATE_EPOCH
	tar -xf one/ovl-cp-*.tar.gz
	mv ovl-cp-*/ unpacked
	dist unpacked
	cmp one/ovl-cp-*.tar.gz unpacked/ovl-cp-*.tar.gz
}
