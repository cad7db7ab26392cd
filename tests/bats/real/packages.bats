#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# A release, as build-aux/release makes it, and the packages of it. Their own tests are left out.
# needs: time

load ../../fixtures/common
load ../../fixtures/real
load ../../fixtures/release

setup_file() {
	requires git autoreconf dpkg-buildpackage dh lintian rpmbuild gpg || return 0
	mkdir -m 700 "${GNUPGHOME:?}"
	gpg --batch --passphrase '' --quick-generate-key x@example.org ed25519 sign never
	source_make "${clone:?}"
	git -C "$clone" init -q
	version=$("$clone/build-aux/version" "$clone")
	dated
	DEB_BUILD_OPTIONS=nocheck "$clone/build-aux/release" "${out:?}" >"$clone.log" 2>&1 ||
		echo "status $?" >>"$clone.log"
}

# gpg leaves an agent behind.
teardown_file() { gpgconf --kill all && lab_cleanup; }

setup() {
	lab_setup
	cd "$BATS_TEST_TMPDIR" || return
	clone=$BATS_FILE_TMPDIR/clone out=$BATS_FILE_TMPDIR/out GNUPGHOME=$BATS_FILE_TMPDIR/gnupg
	version=$("$clone/build-aux/version" "$clone")
}

@test "one command makes the release; lintian finds nothing, and the tag is signed" {
	run cat "$clone.log"
	refute_line --regexp '^status'
	assert_line 'lintian ...'
	git -C "$clone" verify-tag "v$version"
	assert_equal "$(git -C "$clone" rev-parse "v$version^{commit}")" "$(git -C "$clone" rev-parse HEAD)"
}

@test "a release has the tarball, the packages, their sources, and the signed sums of all" {
	(cd "$out" && sha256sum --quiet -c SHA256SUMS)
	files=("$out"/*)
	assert_equal "$(wc -l <"$out/SHA256SUMS")" $((${#files[@]} - 2))
	gpg --batch --verify "$out/SHA256SUMS.asc" "$out/SHA256SUMS"
	for package in ovl-cp libovlcp0 libovlcp-dev ovl-cp-dbgsym libovlcp0-dbgsym; do
		assert [ -s "$out/${package}_$version"_*.deb ]
	done
	assert [ -s "$out/ovl-cp_$version.dsc" ]
	assert [ -s "$out/ovl-cp-$version"-*.src.rpm ]
	# the recipe for Alpine knows the tarball
	sed -n '/^sha512sums="$/,/^"$/p' "$out/APKBUILD" | grep '\.tar\.gz$' >sums
	(cd "$out" && sha512sum --quiet -c "$BATS_TEST_TMPDIR/sums")
}

@test "the Debian packages have the programs, what belongs to them, and the library" {
	for package in ovl-cp libovlcp0 libovlcp-dev; do
		dpkg-deb -x "$out/${package}_$version"_*.deb .
	done
	seq 1 1000 >file
	usr/bin/ovl-cp file copy
	cmp file copy
	for file in bin/ovl-stat share/man/man5/ovl-cp-report.5.gz share/doc/ovl-cp/NEWS.gz include/ovlcp.h \
		share/doc/ovl-cp/docs/report.schema.json share/bash-completion/completions/ovl-cp; do
		assert [ -s "usr/$file" ]
	done
	# what the documents link to is as they name it
	assert_equal "$(find usr/share/doc/ovl-cp/docs -name '*.gz')" ''
}

@test "the spec builds with the options of Fedora, and each file is in a package" {
	rpmbuild -tb --nodeps --nocheck -D "_topdir $PWD/rpm" \
		--load="$BATS_TEST_DIRNAME/../../fixtures/fedora.macros" \
		"$out/ovl-cp-$version.tar.gz" >log 2>&1 || fail "$(tail -n 40 log)"
	grep -q -e '-flto=auto.*lib/api/session' log
	for package in ovl-cp libovlcp libovlcp-devel; do
		rpm -qlp --dbpath "$PWD/db" rpm/RPMS/*/"$package"-[0-9]*.rpm >>files
	done
	for file in bin/ovl-cp bin/ovl-stat lib64/libovlcp.so.0 lib64/libovlcp.so include/ovlcp.h \
		share/doc/ovl-cp/docs/report.schema.json lib64/pkgconfig/libovlcp.pc; do
		grep -qx "/usr/$file" files || fail "in no package: $file"
	done
}
