#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# System calls that fail in a tree: the rest is copied, and the exit status is 1.

load ../../fixtures/common
load ../../fixtures/cp

setup() {
	lab_setup
	requires strace
	cd "$BATS_TEST_TMPDIR" || return
	mkdir -p src/sub src/z
	echo a | tee src/a src/sub/b >src/z/c
	ln src/a src/sub/hard
	ln -s a src/link
	mkfifo src/fifo
}

# fails RULE SENTENCE [OPTION...]: the copy must fail with SENTENCE, and nothing else.
fails() {
	local rule=$1 sentence=$2
	shift 2
	run strace -f --quiet=all -o trace -e "inject=$rule" "$OVL_CP" -R "$@" src dst
	echo "$output"
	grep -q '(INJECTED)' trace || fail "the injection did not happen: $rule"
	assert_failure 1
	assert_output "$sentence"
}

@test "a directory that cannot be made is left out with what is in it" {
	run strace -f --quiet=all -o trace -e inject=mkdirat:error=ENOSPC:when=2 \
		"$OVL_CP" -R src dst
	assert_failure 1
	assert_output --regexp \
		"^ovl-cp: cannot create directory 'dst/[a-z]*': No space left on device$"
	assert_equal "$(find dst -name sub -o -name z | wc -l)" 1 # the other directory is complete
	cmp src/a dst/a
}

@test "a directory that cannot be read to its end is reported" {
	run strace -f --quiet=all -o trace -e inject=getdents64:error=EIO:when=2 \
		"$OVL_CP" -R src dst
	assert_failure 1
	assert_output --regexp "^ovl-cp: cannot access 'src[a-z/]*': Input/output error$"
}

@test "a symbolic link that cannot be read" {
	fails readlinkat:error=EIO "ovl-cp: cannot read symbolic link 'src/link': Input/output error"
	cmp src/z/c dst/z/c
}

@test "a symbolic link that cannot be made" {
	fails symlinkat:error=ENOSPC \
		"ovl-cp: cannot create symbolic link 'dst/link': No space left on device"
}

@test "a FIFO that cannot be made" {
	fails mknodat:error=EPERM \
		"ovl-cp: cannot create fifo 'dst/fifo': Operation not permitted"
}

@test "a hard link that cannot be created is reported, with both names" {
	run strace -f --quiet=all -o trace -e inject=linkat:error=EMLINK "$OVL_CP" -a src dst
	assert_failure 1
	assert_output --regexp \
		"^ovl-cp: cannot create hard link 'dst/[a-z/]*' to 'dst/[a-z/]*': Too many links$"
}

@test "a failure to restore the mode of a read-only directory is reported" {
	chmod 555 src/sub
	fails fchmod:error=EPERM:when=2 \
		"ovl-cp: preserving permissions for 'dst/sub': Operation not permitted"
	cmp src/sub/b dst/sub/b
}

@test "a directory that cannot be read on when the walk is far below it is reported as such" {
	local i deep
	deep=$(printf 'd/%.0s' {1..30})
	rm -r src && mkdir src
	for i in {0..9}; do # whatever the order of the entries, one of the first is a directory
		mkdir -p "src/$i$deep" && echo x >"src/$i${deep}file"
		(cd src && seq -f f%g $((i * 500)) $((i * 500 + 499)) | xargs touch)
	done
	# when the first one has been entered, the rest of src is read, to be closed
	run strace --quiet=all -o trace -P src -e inject=getdents64:error=EIO:when=3 \
		"$OVL_CP" -R -j1 src dst
	grep -q INJECTED trace
	assert_failure 1
	assert_output "ovl-cp: cannot access 'src': Input/output error"
	# what the first two calls have listed is complete
	listed=$(sed -n 's/.*getdents64.* \([0-9]*\) entries.*/\1/p' trace | head -n 2 | paste -sd+)
	assert_equal "$(find dst -mindepth 1 -maxdepth 1 | wc -l)" $((listed - 2))
	for i in dst/*/; do diff -r "$i" "src/${i#dst/}"; done
}

@test "a file that cannot be closed is removed, as one that was named" {
	rm -r src && mkdir src
	for name in a b c d; do file_make src/$name 3000; done
	inject dst/c close:error=EIO -- -a -j1 src dst
	assert_failure 1
	assert_output "ovl-cp: failed to close 'dst/c': Input/output error"
	assert_equal "$(cd dst && echo *)" 'a b d'
}
