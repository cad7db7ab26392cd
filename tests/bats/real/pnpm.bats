#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# pnpm, which calls FICLONE by itself and decides once for all files: its store is on a lower layer.
# shellcheck disable=SC2154 # variables of the fixture
# needs: images time

load ../../fixtures/run

# pnpm is no package of distributions; where npm cannot fetch it its tests are skipped, which is no
# defect.
setup_file() {
	run_file || return 0
	(cd "$BATS_FILE_TMPDIR" && HOME=$PWD timeout 60 npm install --silent pnpm@9) >/dev/null 2>&1 || :
}

# pnpm ARG...: with a home of the test.
pnpm() {
	HOME=$BATS_TEST_TMPDIR XDG_CACHE_HOME=$BATS_TEST_TMPDIR/cache "$@" \
		node "$BATS_FILE_TMPDIR/node_modules/pnpm/bin/pnpm.cjs" install --offline --reporter=append-only \
		--store-dir "$store" --package-import-method="$method"
}

# store_stack: a store with a package of one big file, and a project that needs it, on the lower
# layer; another copy of the project beside it.
store_stack() {
	[ -e "$BATS_FILE_TMPDIR/node_modules/pnpm/bin/pnpm.cjs" ] || skip 'pnpm cannot be fetched'
	local dir=$BATS_TEST_TMPDIR/package
	mkdir -p "$dir" "$low/a" && file_make "$dir/big" "$SIZE"
	echo '{"name":"dep","version":"1.0.0"}' >"$dir/package.json"
	tar -czf "$low/dep.tgz" -C "$BATS_TEST_TMPDIR" package
	echo '{"name":"a","version":"1.0.0","dependencies":{"dep":"file:../dep.tgz"}}' >"$low/a/package.json"
	store=$low/store method=copy
	(cd "$low/a" && pnpm env)
	rm -rf "$low/a/node_modules"
	cp -a "$low/a" "$low/b"
	stack
	store=$merged/store
	big=$(cd "$store" && find . -type f -size "+$((SIZE / 2))c" -printf '%P\n')
}

installs() { (cd "$merged/$1" && pnpm "${@:2}"); }

@test "clones of pnpm take the room of one, and are not possible without help" {
	store_stack
	method=clone
	run installs a env
	assert_failure
	assert_output --partial EXDEV
	rm -rf "$merged"/{a,b}/node_modules
	cd / && umount "$merged" && rm -rf "${up:?}"/*
	stack
	installs a "$OVL_RUN" --copy-up-min=1
	installs b "$OVL_RUN" --copy-up-min=1
	assert_grown_by "$SIZE"
	assert_copied_up "store/$big"
	for project in a b; do
		assert_shares "$up/upper/store/$big" "$up/upper/$project/node_modules/.pnpm/"*/node_modules/dep/big
	done
}

# The first file that it tries, and decides by, is small.
@test "what pnpm chooses by itself: clones if small files are copied up, too, else hard links" {
	store_stack
	method=auto
	installs a "$OVL_RUN"
	assert_equal "$(stat -c %h "$merged/a/node_modules/dep/big")" 2
	rm -rf "$merged"/{a,b}/node_modules
	cd / && umount "$merged" && rm -rf "${up:?}"/*
	stack
	installs a "$OVL_RUN" --copy-up-min=1
	assert_equal "$(stat -c %h "$merged/a/node_modules/dep/big")" 1
	assert_grown_by "$SIZE"
}
