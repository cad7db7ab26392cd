#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# A Debian package: debhelper copies with cp --reflink=auto and -a, -an or --parents -dp; fakeroot
# makes an ordinary user appear to be root by a preloaded library.
# needs: time
# needs: dynamic

load ../../fixtures/common
load ../../fixtures/real

# contents: creates the files of the package, of every type.
contents() {
	mkdir -p data/dir/empty data/dir/deep/er docs bin && cd data &&
		file_make dir/plain 100K && file_make dir/owned 10 && file_make dir/skip.me 10 &&
		file_make 'dir/a name' 5K && echo one >dir/deep/er/one && ln dir/deep/er/one dir/two &&
		ln dir/two single && ln -s ../nothing dir/dangling && ln -s deep/er dir/link &&
		ln -s ../dir/two dir/deep/to-file && truncate -s 1M dir/sparse && : >dir/none &&
		chmod 640 dir/none && chmod 1777 dir/empty && cd .. &&
		{ setfattr -n user.mime -v text data/dir/plain 2>/dev/null || :; } &&
		printf '#!/bin/sh\n' | tee bin/run >bin/closed && chmod 755 bin/run &&
		chmod 700 bin/closed && file_make docs/long 9K && ln -s long docs/short &&
		echo '.TH RUN 1' >docs/run.1 &&
		echo "timestamp='2001-02-03'" | tee config.guess >config.sub
}

# recipe: creates the configuration of debhelper; dh_install is called twice, onto existing files.
recipe() {
	local at=usr/lib/hello owned=data/dir/owned
	mkdir -p debian/source && cd debian && echo '3.0 (native)' >source/format &&
		printf '%s\n' 'Source: hello' 'Section: misc' 'Priority: optional' \
			'Maintainer: Nobody <nobody@example.org>' 'Standards-Version: 4.6.2' \
			'Build-Depends: debhelper-compat (= 13)' "Rules-Requires-Root: $root" \
			'' 'Package: hello' 'Architecture: all' 'Description: test' >control &&
		printf '%s\n' 'hello (1.0) unstable; urgency=low' '' '  * Made.' '' \
			' -- Nobody <nobody@example.org>  Sat, 03 Feb 2001 04:05:06 +0000' >changelog &&
		printf '%s\n' '#!/usr/bin/make -f' '%:;dh $@' 'override_dh_install:' \
			"$(printf '\t')-chown 12:34 $owned" \
			"$(printf '\t')chmod 4711 $owned && dh_install -Xskip" \
			"$(printf '\t')dh_install data/dir/deep data/single $at/whole" \
			'override_dh_fixperms:;dh_fixperms -Xowned -Xnone' >rules &&
		printf '%s\n' "data/dir $at" "data/sing* $at" 'bin/* usr/bin' >install &&
		printf '%s\n' docs data/dir/deep >docs && echo data/dir >examples &&
		echo docs/run.1 >manpages && echo "$at/dir usr/share/hello" >links &&
		printf '#!/bin/sh\nset -e\n#DEBHELPER#\n' | tee postinst >prerm &&
		printf '#!/bin/sh\ntrue\n' >postrm && echo hello >copyright && chmod a+x rules && cd ..
}

# package: leaves the package, the unpacked package, the tree that it was made from, and the source
# after debhelper has cleaned it.
package() {
	export TMPDIR=$PWD
	mkdir hello-1.0 && cd hello-1.0 && contents && recipe && old . && cd .. || return
	[ "$(id -u)" != 0 ] || chown -Rh 65534:65534 . || return
	(cd hello-1.0 && as_user dpkg-buildpackage -d -b -us -uc -rfakeroot) &&
		dpkg-deb -R hello_1.0_all.deb made/unpacked && mv hello_1.0_all.deb made/ &&
		mv hello-1.0/debian/hello made/tree &&
		(cd hello-1.0 && as_user debian/rules clean) && mv hello-1.0 made/source
}

@test "debhelper makes the same package" {
	requires dpkg-buildpackage dh setfattr
	root=no
	made_alike package
}

@test "debhelper makes the same package of files of several owners by fakeroot" {
	requires dpkg-buildpackage dh fakeroot setfattr
	root=binary-targets
	made_alike package
}
