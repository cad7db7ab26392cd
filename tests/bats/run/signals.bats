#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# ovl-run where a signal ends a call that is being looked at: in containers, and on Linux before 5.19.
# shellcheck disable=SC2016,SC2154 # other shells expand; variables of the fixture
# needs: images
# needs: dynamic

load ../../fixtures/run

setup_file() { run_file; }

# slow_clones: makes "$BATS_TEST_TMPDIR/slow.so", with which ovl-run is as on Linux before 5.19, where a
# signal ends a call that is being looked at, and a clone in place of a sendfile takes long: meanwhile there
# is a file "cloned", after that a file "late".
slow_clones() {
	requires python3
	intercept slow -DDIR="\"$BATS_TEST_TMPDIR\"" <<-'END'
		static long on_syscall(long number, const long *a)
		{
			if (number == SYS_seccomp && a[0] == 1 && (a[1] & 32)) {
				errno = EINVAL;
				return -1;
			}
			return real_syscall(number, a);
		}
		static int on_ioctl(int fd, unsigned long request, void *p)
		{
			int r = real_ioctl(fd, request, p);
			if (request == FICLONERANGE && ((struct file_clone_range *)p)->src_length > 4096) {
				close(open(DIR "/cloned", O_CREAT | O_WRONLY, 0600));
				sleep(2);
				close(open(DIR "/late", O_CREAT | O_WRONLY, 0600));
			}
			return r;
		}
	END
}

@test "a sendfile that a signal has ended does not move the positions later" {
	slow_clones
	run_stack
	run env LD_PRELOAD="$BATS_TEST_TMPDIR/slow.so" "$OVL_RUN" env -u LD_PRELOAD python3 -c '
import ctypes, errno, os, signal, sys, time
libc = ctypes.CDLL(None, use_errno=True)
def wait(name):
    while not os.path.exists(sys.argv[1] + "/" + name): time.sleep(0.05)
src, dst = os.open("X", os.O_RDONLY), os.open("1", os.O_WRONLY | os.O_CREAT)
signal.signal(signal.SIGALRM, lambda number, frame: None)
signal.siginterrupt(signal.SIGALRM, True)
parent = os.getpid()
if os.fork() == 0:
    wait("cloned")
    os.kill(parent, signal.SIGALRM)
    os._exit(0)
assert libc.sendfile(dst, src, None, ctypes.c_size_t(1 << 28)) == -1, "no signal"
assert ctypes.get_errno() == errno.EINTR
os.lseek(dst, 7, os.SEEK_SET)
wait("late")
time.sleep(1)
print(os.lseek(dst, 0, os.SEEK_CUR), os.lseek(src, 0, os.SEEK_CUR))' "$BATS_TEST_TMPDIR"
	assert_success
	assert_output '7 0'
}
