#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# -j: several big sources of one call are copied at the same time, with the results of one thread.
# needs: images
# shellcheck disable=SC2154 # low, up and merged are set by the fixture

load ../../fixtures/overlay

setup_file() { stack_file ext4 xfs; }

# Big files among small ones, and possible problems: a name twice, a file twice, symlinks to a
# source and to a destination, a directory, a missing source.
scene() {
	[ -d "$BATS_TEST_TMPDIR/model" ] || make_scene
	rm -rf "$BATS_TEST_TMPDIR/scene" && cp -a "$BATS_TEST_TMPDIR/"{model,scene}
	cd "$BATS_TEST_TMPDIR/scene" || return
}

make_scene() {
	local i
	mkdir -p "$BATS_TEST_TMPDIR/model/"{other,to,d} && cd "$BATS_TEST_TMPDIR/model" || return
	for i in {1..6}; do
		file_make "big$i" $((2 * 1024 * 1024 + i))
		echo "$i" >"small$i"
		touch -d "2001-02-03 04:05:0$i" "big$i" "small$i"
	done
	cp big1 other/big2
	echo other >other/small3
	ln -s big4 to-source
	ln -s to/big3 to-destination
	ln big6 big6-link
	echo in >d/file
}

SOURCES=(big1 small1 big2 big3 other/big2 small2 to-destination big4 to-source big4 small3
	other/small3 missing d big5 big6 big6-link small4)

# outcome JOBS ARG...: copies, and prints the output, the status and the resulting files.
outcome() {
	local status=0 jobs=$1
	scene
	touch -d 2030-01-01 to/small4
	echo old >to/big5 && touch -d 2030-01-01 to/big5
	"$OVL_CP" -v "-j$jobs" "${@:2}" "${SOURCES[@]}" to >said 2>warned || status=$?
	echo "status $status"
	cat said warned
	(cd to && find . -printf '%p %y %m %n %s %l\n' | sort && find . -type f -exec md5sum {} + | sort)
}

@test "a call with many problems has the result of one thread" {
	local opts
	for opts in '' -a -d -n -u -b -f -L --remove-destination --reflink=never --sparse=always -r \
		--preserve=links --backup=numbered --parents --attributes-only; do
		# shellcheck disable=SC2086 # no option, or one
		outcome 1 $opts >"$BATS_TEST_TMPDIR/one"
		assert_file_contains "$BATS_TEST_TMPDIR/one" "missing"
		for jobs in 2 8 8; do
			# shellcheck disable=SC2086
			outcome $jobs $opts | diff "$BATS_TEST_TMPDIR/one" - || fail "-j$jobs $opts"
		done
	done
}

@test "a source that fails is reported in its turn, and its destination is removed" {
	local jobs
	scene
	file_make big3 $((4 * 1024 * 1024))
	for jobs in 1 8; do
		rm -rf to && mkdir to
		(ulimit -f 3072 && exec "$OVL_CP" -v --reflink=never -j$jobs big{1..6} to) \
			>"said.$jobs" 2>"warned.$jobs" && fail "nothing failed"
		assert_equal "$(cd to && echo *)" "big1 big2 big4 big5 big6"
	done
	diff said.1 said.8
	diff warned.1 warned.8
	assert_equal "$(wc -l <warned.1)" 1
	assert_file_contains warned.1 "'to/big3': File too large"
}

@test "a call that is interrupted leaves nothing unfinished behind" {
	requires strace
	local begun file pid status
	scene
	for begun in big1 big5; do
		rm -rf to && mkdir to
		# -D: this shell is the parent of the program; of a background job it ignores SIGINT
		env --default-signal=INT strace -D -f -qq -o /dev/null -e inject=pwrite64:delay_enter=300000 \
			"$OVL_CP" --reflink=never -j4 big{1..6} to 3>&- &
		pid=$!
		until_true test -s "to/$begun"
		kill -s INT "$pid"
		status=0
		wait "$pid" || status=$?
		assert_equal "$status" $((128 + 2))
		for file in to/*; do
			[ ! -e "$file" ] || cmp "$file" "${file#to/}"
		done
	done
}

# threads ARG...: prints how many threads a call starts. Each thread is delayed in its first write,
# so that none is done before the last source was submitted.
threads() {
	strace -f -o trace -e trace=clone,clone3,pwrite64 -e inject=pwrite64:delay_enter=1000000:when=1 \
		"$OVL_CP" "$@"
	grep -c '^[0-9 ]*clone' trace || :
}

@test "threads are there for several big sources only, and not if one is asked for" {
	requires strace
	if ldd "$OVL_CP" | grep -q libtsan; then skip 'ThreadSanitizer has a thread of its own'; fi
	scene
	assert_equal "$(threads --reflink=never -j3 big1 big2 big3 small1 to)" 2
	rm -rf to/*
	assert_equal "$(threads --reflink=never -j1 big1 big2 big3 to)" 0
	rm -rf to/*
	assert_equal "$(threads --reflink=never -j3 big1 small1 small2 to)" 0
	rm -rf to/*
	assert_equal "$(threads --reflink=never -j3 small{1..6} to)" 0
	assert_equal "$(threads --reflink=never -ij3 big1 big2 big3 to)" 0
	for option in --parents --atomic --fsync; do
		rm -rf to/*
		assert_equal "$option: $(threads --reflink=never $option -j3 big1 big2 big3 to)" "$option: 0"
	done
	rm -rf to/*
	assert_equal "$(threads --explain -j3 big1 big2 big3 to | tail -n 1)" 0
}

# copied_up_by: prints the threads in the trace that set the time of a source, one per line.
copied_up_by() {
	awk '/utimensat/ { print $1 }' trace | sort -u
}

@test "sources are copied up by several threads, each once, and reported in order" {
	requires strace
	local i
	for i in {1..8}; do file_make "$low/f$i" "$SIZE"; done
	mkdir "$low/to"
	stack
	cd "$merged" || return
	# Each thread is delayed in its first open, so that the others get a part of the work.
	strace -f -o "$BATS_TEST_TMPDIR/trace" -e trace=openat,utimensat -e inject=openat:delay_enter=2000000:when=1 \
		"$OVL_CP" --report=- -j4 f{1..8} to >"$BATS_TEST_TMPDIR/report"
	assert_copied_up f{1..8}
	for i in {1..8}; do cmp "f$i" "to/f$i"; done
	cd "$BATS_TEST_TMPDIR" || return
	assert_equal "$(grep -c '^[0-9 ]*utimensat' trace)" 8
	[ "$(copied_up_by | wc -l)" -gt 1 ] || fail "one thread did it all"
	assert_equal "$(python3 -c 'import json, sys
for o in [json.loads(line) for line in sys.stdin][:-1]:
    print(o["source"]["path"], o["method"], o["bytes_copied_up"])' <report)" \
		"$(for i in {1..8}; do echo "f$i clone-upper $SIZE"; done)"
}

@test "the report is the same if one thread copies up the sources" {
	local i jobs
	for i in {1..8}; do file_make "$low/f$i" "$SIZE"; done
	ln "$low/f8" "$low/link"
	mkdir "$low/to"
	for jobs in 1 8; do
		rm -rf "${up:?}"/*
		overlay_make "$merged" "$low" "$up"
		(cd "$merged" && "$OVL_CP" --report=- "-aj$jobs" f{1..8} link f3 to 2>&1) |
			sed 's/"duration_ns":[0-9]*//' >"$BATS_TEST_TMPDIR/said.$jobs"
		umount "$merged"
	done
	diff "$BATS_TEST_TMPDIR"/said.{1,8}
	assert_file_contains "$BATS_TEST_TMPDIR/said.1" hard-link
}
