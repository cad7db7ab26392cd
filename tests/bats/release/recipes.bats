#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The recipes for packages and docs/packaging.md, held against the source.

load ../../fixtures/common

setup() {
	lab_setup
	cd "$BATS_TEST_DIRNAME/../../.." || return
	spec=packaging/rpm/ovl-cp.spec apkbuild=packaging/alpine/APKBUILD
}

# loaded DIR...: prints the libraries that its files load on demand, as "libx.so.N".
loaded() { grep -rhoE '^#define LIB[A-Z]+[[:space:]]+"lib[a-z]+\.so\.[0-9]+"' "$@" | cut -d '"' -f 2 | sort -u; }

# stanza PACKAGE: prints what debian/control says of it.
stanza() { sed -n "/^Package: $1\$/,/^\$/p" debian/control; }

# dev_packages COLUMN: prints the packages with headers that a build needs, from bootstrap's table.
dev_packages() {
	sed -n '/^packages()/,/^}/p' bootstrap | tr -d '\t' | awk -F ' *[|] *' -v column="$1" '
		$1 == "build" && $2 ~ /-dev$/ && $2 !~ /^l.*(c6|libc)-dev$/ && $column != "-" { print $column }'
}

@test "every library that is loaded on demand is named in each recipe" {
	assert [ "$(loaded lib cmd | wc -l)" -ge 6 ]
	for so in $(loaded lib cmd); do
		name=${so%.so.*} number=${so##*.}
		stanza ovl-cp | grep -qE "^(Depends|Recommends):.*\b$name$number\b" || fail "ovl-cp: $so"
		grep -qE "^(Requires|Recommends): +($name|${name#lib})%\{\?_isa\}$" "$spec" || fail "$spec: $so"
		grep -qF "| \`$so\` |" docs/packaging.md || fail "docs/packaging.md: $so"
	done
}

@test "the library packages name those that the library loads" {
	for so in $(loaded lib); do
		stanza libovlcp0 | grep -qE "^(Depends|Recommends):.*\b${so%.so.*}${so##*.}\b" || fail "$so"
		sed -n '/^%package -n libovlcp$/,/^%desc/p' "$spec" |
			grep -qE "^(Requires|Recommends): +${so%.so.*}%" || fail "$spec: $so"
	done
}

@test "every recipe needs the headers that bootstrap installs for a build" {
	assert [ "$(dev_packages 2 | wc -l)" -ge 9 ]
	for name in $(dev_packages 2); do
		sed '/^Package:/,$d' debian/control | grep -qw -e "$name" || fail "debian/control: $name"
	done
	for name in $(dev_packages 3); do
		grep -qE "^BuildRequires: +$name( |\$)" "$spec" || fail "$spec: $name"
	done
	for name in $(dev_packages 4); do
		sed -n '/^makedepends=/,/^\t"/p' "$apkbuild" | grep -qx "	$name" || fail "$apkbuild: $name"
	done
}

@test "the symbols of the Debian package are those of the library" {
	requires nm
	library=$(echo "${top_builddir:?}"/.libs/libovlcp.so.0.*)
	[ -e "$library" ] || cannot_run 'no shared library'
	diff <(nm -D --defined-only --with-symbol-versions "$library" | sed -n 's/.* \(ovlcp_.*\)@@/\1@/p') \
		<(sed -n 's/^ \(ovlcp_[^ ]*\) .*/\1/p' debian/libovlcp0.symbols)
}

@test "docs/packaging.md has every option that is our own in configure" {
	options=$(sed -nE 's/^AC_ARG_(ENABLE|WITH)\(\[([^]]+)\].*/\2/p' configure.ac)
	assert [ "$(wc -l <<<"$options")" -ge 7 ]
	for option in $options; do
		grep -qE "\`--(enable|disable|with|without)-$option\`" docs/packaging.md || fail "$option"
	done
}

@test "docs/packaging.md and the spec have each program, manual, unit and completion that is installed" {
	requires make
	make -s -C "${top_builddir:?}" install-data DESTDIR="$BATS_TEST_TMPDIR/root" >"$BATS_TEST_TMPDIR/log" 2>&1
	files=$(find "$BATS_TEST_TMPDIR/root" -path '*/share/doc' -prune -o -type f -printf '%f\n')
	assert [ "$(wc -l <<<"$files")" -gt 20 ]
	while IFS= read -r file; do
		grep -qE "[/}]${file//./\\.}(\*|\$)?" "$spec" ||
			[[ $file == ovlcp_*.3 ]] || fail "$spec: $file"
		case $file in
		*.3 | _* | *.fish | ovl-cp | ovl-stat | ovl-run | *.a | *.la | *.so*) ;;
		*) grep -qF "\`$file\`" docs/packaging.md || fail "docs/packaging.md: $file" ;;
		esac
	done <<<"$files"
}

@test "each function of the library has a page of the manual" {
	requires make
	make -s -C "${top_builddir:?}" install-data DESTDIR="$BATS_TEST_TMPDIR/root" >"$BATS_TEST_TMPDIR/log" 2>&1
	functions=$(build-aux/public-functions)
	assert [ "$(wc -l <<<"$functions")" -ge 90 ]
	for name in $functions; do
		page=$(find "$BATS_TEST_TMPDIR/root" -path "*/man3/$name.3")
		assert_equal "$name: $(cat "$page")" "$name: .so man3/libovlcp.3"
	done
}

@test "each program has the objects of the library linked in, also where no static library is built" {
	run grep -E '^ovl_[a-z]+_LDADD = ' Makefile.am
	assert_equal "${#lines[@]}" 3
	for line in "${lines[@]}"; do [[ $line = *' = libovlcp-objects.la '* ]] || fail "$line"; done
}

@test "the recipe for Alpine is a script for sh with the functions that abuild calls" {
	# shellcheck disable=SC2016 # for that shell
	run sh -euc '. "$1"; for f in build check package _libs _dev; do command -v $f; done
		echo $pkgname-$pkgver.tar.gz = $source' sh "$PWD/$apkbuild"
	assert_success
	tarball=ovl-cp-$(build-aux/version).tar.gz
	assert_line "$tarball = $tarball"
}
