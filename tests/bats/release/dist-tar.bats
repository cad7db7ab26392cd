#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# build-aux/dist-tar: the same files are the same bytes, whatever is around them.

load ../../fixtures/common

setup() {
	lab_setup
	cd "$BATS_TEST_TMPDIR" || return
	unset SOURCE_DATE_EPOCH
	dist_tar=$BATS_TEST_DIRNAME/../../../build-aux/dist-tar
}

# source_make DIR NAME...: a source with a release of these files, in this order, and a link.
source_make() {
	local name
	mkdir -p "$1/rel/sub" && touch -d @1000000000 "$1/configure.ac"
	for name in "${@:2}"; do
		echo "$name" >"$1/rel/sub/$name"
	done
	chmod +x "$1/rel/sub/b"
	ln -s sub/a "$1/rel/link"
}

# packed DIR: the checksum of the tar of its release.
packed() { (cd "$1" && "$dist_tar" . rel | sha256sum); }

@test "order, umask, times of files, time zone and locale are not in the tar" {
	umask 022
	source_make one a b c
	umask 077
	source_make two c b a
	touch -d @5 two/rel/sub/* two/rel
	first=$(TZ=UTC packed one)
	assert_equal "$(TZ=Asia/Tokyo LC_ALL=C.UTF-8 TAR_OPTIONS=--exclude=c packed two)" "$first"
	chmod -x two/rel/sub/b
	refute [ "$(packed two)" = "$first" ]
}

@test "the files are in the order of their names" {
	source_make one {z..a}
	names=$(cd one && "$dist_tar" . rel | tar -t)
	assert_equal "$(wc -l <<<"$names")" 29
	assert_equal "$names" "$(LC_ALL=C sort <<<"$names")"
}

@test "the owner of the files is not in the tar" {
	requires root
	source_make one a b
	source_make two a b
	chown -hR 65534:65534 two
	assert_equal "$(packed two)" "$(packed one)"
}

@test "the time is SOURCE_DATE_EPOCH, else the commit's, else that of the unpacked release" {
	requires git
	source_make one a b
	time_of() {
		(cd one && "$dist_tar" . rel) | tar -tv --full-time --utc | awk '{ print $4, $5 }' | sort -u
	}
	assert_equal "$(time_of)" '2001-09-09 01:46:40'
	git init -q one
	GIT_COMMITTER_DATE='1100000000 +0000' git -C one -c user.name=x -c user.email=x@example.org \
		commit -q --allow-empty -m x
	assert_equal "$(time_of)" '2004-11-09 11:33:20'
	assert_equal "$(SOURCE_DATE_EPOCH=1200000000 time_of)" '2008-01-10 21:20:00'
}
