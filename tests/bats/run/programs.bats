#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Programs that nobody has changed: many copies of a file on a lower layer, and the upper layer grows
# by one.
# shellcheck disable=SC2016,SC2034,SC2154 # other shells expand; variables of the fixture
# needs: images

load ../../fixtures/run
load ../../fixtures/cannot_share

setup_file() { run_file; }

# four_times COMMAND...: runs it as "COMMAND X N" for N of 1 to 4, in one call of ovl-run.
four_times() {
	run_stack
	ovl_run sh -c 'for i in 1 2 3 4; do "$@" X $i || exit; done' sh "$@"
	assert_success
	assert_one_copy 1 2 3 4
}

@test "a hundred copies by cp" {
	run_stack
	ovl_run sh -c 'for i in $(seq 100); do cp --reflink=auto X X$i || exit; done'
	assert_success
	assert_one_copy X{1..100}
}

@test "cp --reflink=always, which fails without help" {
	run_stack
	run cp --reflink=always X 0
	assert_failure
	rm -f 0
	ovl_run sh -c 'for i in 1 2 3 4; do cp --reflink=always X $i || exit; done'
	assert_success
	assert_one_copy 1 2 3 4
}

@test "install of coreutils" { four_times install; }

@test "cat of coreutils" { four_times sh -c 'cat "$0" >"$1"'; }

@test "cp of BusyBox, which calls sendfile" {
	requires busybox
	four_times busybox cp
}

# static_busybox: sets busybox to that of Debian's busybox-static, which build-aux/test-roots fetches, or
# to the one that is installed, if it is static.
static_busybox() {
	local top=$BATS_TEST_DIRNAME/../../.. dir
	[ "${OVL_ROOTS-}" != - ] || skip 'the root directories cannot be fetched'
	for dir in "${OVL_ROOTS-}" "$top/build/roots" "${top_builddir:-.}/../roots" /; do
		busybox=${dir%/}/bin/busybox
		[ -z "$dir" ] || [ "$dir" = / ] || busybox=$dir/musl/bin/busybox
		! "$top/build-aux/assert-static" "$busybox" >/dev/null 2>&1 || return 0
	done
	cannot_run 'no static BusyBox: "build-aux/test-roots build/roots" fetches it'
}

@test "cp and cat of a static BusyBox" {
	static_busybox
	four_times "$busybox" cp
	cd / && umount "$merged"
	rm -rf "${up:?}"/*
	four_times sh -c '"$0" cat "$1" >"$2"' "$busybox"
}

@test "shutil of Python, which calls sendfile" {
	requires python3
	four_times python3 -c 'import shutil, sys; shutil.copyfile(*sys.argv[1:])'
}

@test "copy_file_range of Python" {
	requires python3
	four_times python3 -c '
import os, sys
src, dst = open(sys.argv[1], "rb"), open(sys.argv[2], "wb")
left = os.fstat(src.fileno()).st_size
while left > 0:
    left -= os.copy_file_range(src.fileno(), dst.fileno(), left)'
}

@test "ioctl of Python" {
	requires python3
	four_times python3 -c '
import fcntl, sys
src, dst = open(sys.argv[1], "rb"), open(sys.argv[2], "wb")
fcntl.ioctl(dst.fileno(), 0x40049409, src.fileno())'
}

@test "a program of Go, which sends itself signals" {
	requires go
	mkdir "$BATS_TEST_TMPDIR/go"
	cat >"$BATS_TEST_TMPDIR/go/main.go" <<-'END'
		package main

		import (
			"io"
			"os"
		)

		func main() {
			for i := 0; i < 4; i++ {
				go func() { // busy threads are interrupted by signals
					for {
					}
				}()
			}
			for _, name := range os.Args[2:] {
				src, err := os.Open(os.Args[1])
				if err != nil {
					panic(err)
				}
				dst, err := os.Create(name)
				if err != nil {
					panic(err)
				}
				if _, err := io.Copy(dst, src); err != nil {
					panic(err)
				}
			}
		}
	END
	(cd "$BATS_TEST_TMPDIR/go" && HOME=$PWD GOFLAGS=-mod=mod GO111MODULE=off go build -o copy main.go)
	run_stack
	ovl_run "$BATS_TEST_TMPDIR/go/copy" X 1 2 3 4
	assert_success
	assert_one_copy 1 2 3 4
}

# by_call METHOD: by a program without a C library between it and the kernel.
by_call() {
	SIZE=$((33 * 1024 * 1024 + 123))
	run_stack
	ovl_run "$call" "$1" X 1 2 3 4
	assert_success
	assert_line --index 3 "$1: $SIZE"
	assert_one_copy 1 2 3 4
}

@test "FICLONE" { by_call clone; }

@test "FICLONERANGE" { by_call clone-range; }

@test "copy_file_range in pieces" { by_call copy-range; }

@test "sendfile in pieces, from the position of the source" { by_call sendfile; }

@test "sendfile in pieces, from an offset in memory" { by_call sendfile-at; }

@test "FICLONE of a 32-bit program, whose sendfile is that of the kernel" {
	requires compiler
	[ "$(uname -m)" = x86_64 ] || skip 'it is made for x86'
	cat >"$BATS_TEST_TMPDIR/small.c" <<-'END'
		static int call(int n, int a, int b, int c, int d)
		{
			int r;
			__asm__ volatile("int $0x80" : "=a"(r) : "a"(n), "b"(a), "c"(b), "d"(c), "S"(d) : "memory");
			return r;
		}
		void _start(void)
		{
			int src = call(5, (int)"X", 0, 0, 0); /* open */
			int failed = src < 0;
			failed |= call(54, call(5, (int)"1", 0101, 0644, 0), 0x40049409, src, 0) != 0; /* ioctl */
			failed |= call(187, call(5, (int)"2", 0101, 0644, 0), src, 0, 1 << 28) <= 0; /* sendfile */
			call(1, failed, 0, 0, 0); /* exit */
		}
	END
	# shellcheck disable=SC2086 # CC may be several words
	${CC:-cc} -m32 -O1 -w -ffreestanding -nostdlib -static -fno-pie -no-pie -fno-stack-protector -fcf-protection=none \
		-o "$BATS_TEST_TMPDIR/small" "$BATS_TEST_TMPDIR/small.c" || cannot_run 'the compiler makes no 32-bit programs'
	run_stack
	"$BATS_TEST_TMPDIR/small" && fail 'a clone without help'
	[ -s 2 ] || skip 'the kernel runs no 32-bit programs'
	rm 1 2
	growth_start "$up"
	ovl_run "$BATS_TEST_TMPDIR/small"
	assert_success
	assert_copied_up X
	assert_shares "$up/upper/"{X,1}
	cmp X 2
	assert_grown_by $((2 * SIZE))
}

@test "several programs at a time" {
	SIZE=$((16 * 1024 * 1024 + 1))
	run_stack
	ovl_run sh -c 'for i in $(seq 40); do cp X X$i & done; wait'
	assert_success
	assert_one_copy X{1..40}
}

@test "what is smaller than --copy-up-min is copied as without help" {
	SIZE=$((1024 * 1024 - 1))
	run_stack
	ovl_run sh -c 'cp X 1 && cp X 2'
	assert_success
	assert_no_help 1 2
	rm 1 2
	ovl_run --copy-up-min=1K sh -c 'cp X 1 && cp X 2'
	assert_success
	assert_copied_up X
	assert_shares "$up/upper/X" "$up/upper/"{1,2}
}

@test "--copy-up: never, and always" {
	SIZE=100000
	run_stack
	ovl_run --copy-up never cp X 1
	assert_success
	assert_no_help 1
	ovl_run --copy-up=always cp X 2
	assert_success
	assert_copied_up X
	assert_shares "$up/upper/"{X,2}
}

@test "the environment has the policy of ovl-cp" {
	run_stack
	OVL_CP_COPY_UP=never ovl_run cp X 1
	assert_no_help 1
	rm 1
	OVL_CP_COPY_UP_MIN=4M ovl_run cp X 1
	assert_no_help 1
	rm 1
	OVL_CP_COPY_UP=never ovl_run --copy-up=auto cp X 1
	assert_one_copy 1
	OVL_CP_COPY_UP=sometimes ovl_run true
	assert_failure 125
	assert_output --partial "invalid argument 'sometimes' for 'OVL_CP_COPY_UP'"
}

@test "files that need no help are left to the kernel" {
	run_stack
	cp X upper && sync -f upper
	growth_start "$up"
	ovl_run sh -c 'cp upper 1 && cp upper "$1/out" && cp "$1/out" 2' sh "$BATS_TEST_TMPDIR"
	assert_success
	assert_not_copied_up X
	assert_all_equal X 1 2 "$BATS_TEST_TMPDIR/out"
	assert_shares "$up/upper/"{upper,1}
}

@test "a copy_file_range that cannot share copies nothing up" {
	requires python3
	file_make "$low/Y" 2M
	run_stack
	cannot_share ovl_run
}

@test "a file on an overlay whose upper filesystem cannot clone is not copied up" {
	fs_make xfs0 "$BATS_TEST_TMPDIR/xfs0"
	up=$BATS_TEST_TMPDIR/xfs0
	run_stack
	ovl_run sh -c 'cp X 1 && cp X 2'
	assert_success
	assert_no_help 1 2
}

@test "sendfile to a pipe, and into the middle of a file, is that of the kernel" {
	requires python3
	run_stack
	ovl_run python3 -c '
import os
src = os.open("X", os.O_RDONLY)
dst = os.open("1", os.O_WRONLY | os.O_CREAT)
os.lseek(dst, 100, os.SEEK_SET)
r, w = os.pipe()
assert os.sendfile(w, src, 5, 1000) == 1000
data = os.read(r, 1000)
assert os.sendfile(dst, src, 5, 1000) == 1000
assert os.lseek(dst, 0, os.SEEK_CUR) == 1100
append = os.open("2", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
try:
    os.sendfile(append, src, 0, 1000)
except OSError as e:
    assert e.errno == 22
open("3", "wb").write(data)'
	assert_success
	cmp <(tail -c +6 X | head -c 1000) 3
	cmp <(head -c 100 /dev/zero && tail -c +6 X | head -c 1000) 1
}

@test "a file size limit holds for sendfile, too" {
	requires python3
	run_stack
	ovl_run bash -c 'ulimit -f 1024; trap "" XFSZ; python3 -c "
import os, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
src = os.open(\"X\", os.O_RDONLY)
dst = os.open(\"1\", os.O_WRONLY | os.O_CREAT)
n = os.sendfile(dst, src, 0, 1 << 30)
assert n <= 1 << 20, n"'
	assert_success
	[ "$(stat -c %s 1)" -le $((1024 * 1024)) ]
}
