#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# docs/first-hour.md is what comes out when it is played: the package in a bare Debian, an image from
# scratch. It needs the package (./bootstrap deb), the static programs, and a root directory.
# needs: images
# needs: time

load ../../fixtures/common
load ../../fixtures/static
load ../../fixtures/roots

setup() {
	[ "${OVL_ROOTS-}" != - ] || skip 'the root directories cannot be fetched'
	static_setup
}

# deb: prints the name of the package.
deb() {
	local file
	for file in "$BATS_TEST_DIRNAME"/../../../build/deb/ovl-cp_*.deb \
		"${top_builddir:-.}"/../deb/ovl-cp_*.deb; do
		[ ! -e "$file" ] || { realpath "$file" && return; }
	done
	return 1
}

# words: standard input without its figures: numbers, units, identifiers, and how wide columns are.
words() {
	sed -E 's/\b[0-9a-f]{12,}\b/ID/g; s/[0-9][0-9.]*/N/g; s/\b([KMG]iB|bytes)\b/B/g; s/ +/ /g; s/ +$//'
}

@test "docs/first-hour.md is what comes out" {
	requires root loop overlay fs:ext4 reflink:xfs tmux buildah unshare fsfreeze
	package=$(deb) || cannot_run 'no package: "./bootstrap deb" builds it'
	programs=$(static_dir) || cannot_run 'no static programs: "./bootstrap static" builds them'
	roots=$(roots_dir) || cannot_run 'no root directories: see build-aux/test-roots'
	"$BATS_TEST_DIRNAME/../../first-hour/play" "$package" "$programs" "$roots/bookworm" 3>&- \
		>"$BATS_TEST_TMPDIR/played"
	cat "$BATS_TEST_TMPDIR/played"
	diff -u <(words <"$BATS_TEST_DIRNAME/../../../docs/first-hour.md") \
		<(words <"$BATS_TEST_TMPDIR/played")
}
