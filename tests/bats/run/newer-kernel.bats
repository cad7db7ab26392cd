#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# ovl-run on a kernel that tells it more than it knows.
# shellcheck disable=SC2016,SC2154 # other shells expand; variables of the fixture
# needs: images
# needs: dynamic

load ../../fixtures/run

setup_file() { run_file; }

# newer_kernel: makes "$BATS_TEST_TMPDIR/newer.so", with which a process finds the structs of seccomp
# larger than they are, as they may become, and wants of them what the kernel wants.
newer_kernel() {
	requires compiler
	cat >"$BATS_TEST_TMPDIR/newer.c" <<-'END'
		#include <dlfcn.h>
		#include <errno.h>
		#include <linux/seccomp.h>
		#include <sys/ioctl.h>
		#include <stdarg.h>
		#include <string.h>
		#include <sys/syscall.h>
		#define MORE 64
		long syscall(long number, ...)
		{
			long (*next)(long, ...) = (long (*)(long, ...))dlsym(RTLD_NEXT, "syscall");
			va_list list;
			va_start(list, number);
			long a = va_arg(list, long), b = va_arg(list, long), c = va_arg(list, long),
			     d = va_arg(list, long), e = va_arg(list, long), f = va_arg(list, long);
			va_end(list);
			long r = next(number, a, b, c, d, e, f);
			if (number == SYS_seccomp && a == SECCOMP_GET_NOTIF_SIZES && r == 0) {
				((struct seccomp_notif_sizes *)c)->seccomp_notif += MORE;
				((struct seccomp_notif_sizes *)c)->seccomp_notif_resp += MORE;
			}
			return r;
		}
		int ioctl(int fd, unsigned long request, ...)
		{
			static const char zeros[MORE];
			int (*next)(int, unsigned long, ...) =
				(int (*)(int, unsigned long, ...))dlsym(RTLD_NEXT, "ioctl");
			va_list list;
			va_start(list, request);
			char *p = va_arg(list, char *);
			va_end(list);
			char *tail = request == SECCOMP_IOCTL_NOTIF_RECV ? p + sizeof(struct seccomp_notif) :
				request == SECCOMP_IOCTL_NOTIF_SEND ? p + sizeof(struct seccomp_notif_resp) : 0;
			if (tail && memcmp(tail, zeros, MORE)) {
				errno = EINVAL;
				return -1;
			}
			int r = next(fd, request, p);
			if (r == 0 && request == SECCOMP_IOCTL_NOTIF_RECV)
				memset(tail, 0xff, MORE);
			return r;
		}
	END
	run_cc -D_GNU_SOURCE -shared -fPIC -o "$BATS_TEST_TMPDIR/newer.so" "$BATS_TEST_TMPDIR/newer.c"
}

@test "structs that a newer kernel has made larger" {
	newer_kernel
	run_stack
	run env LD_PRELOAD="$BATS_TEST_TMPDIR/newer.so" "$OVL_RUN" \
		sh -c 'for i in 1 2 3; do cp --reflink=always X $i || exit; done'
	assert_success
	refute_output
	assert_one_copy 1 2 3
}
