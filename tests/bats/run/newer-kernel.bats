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
	intercept newer <<-'END'
		#define MORE 64
		static long on_syscall(long number, const long *a)
		{
			long r = real_syscall(number, a);
			if (number == SYS_seccomp && a[0] == SECCOMP_GET_NOTIF_SIZES && r == 0) {
				((struct seccomp_notif_sizes *)a[2])->seccomp_notif += MORE;
				((struct seccomp_notif_sizes *)a[2])->seccomp_notif_resp += MORE;
			}
			return r;
		}
		static int on_ioctl(int fd, unsigned long request, void *p)
		{
			static const char zeros[MORE];
			char *tail = request == SECCOMP_IOCTL_NOTIF_RECV ? (char *)p + sizeof(struct seccomp_notif) :
				request == SECCOMP_IOCTL_NOTIF_SEND ? (char *)p + sizeof(struct seccomp_notif_resp) : 0;
			if (tail && memcmp(tail, zeros, MORE)) {
				errno = EINVAL;
				return -1;
			}
			int r = real_ioctl(fd, request, p);
			if (r == 0 && request == SECCOMP_IOCTL_NOTIF_RECV)
				memset(tail, 0xff, MORE);
			return r;
		}
	END
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
