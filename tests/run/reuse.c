/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Has a number of a process given to another one, which watches its memory:
 *
 *	reuse call SOURCE DESTINATION
 *	reuse watch NUMBER BEGUN END
 *
 * The first calls sendfile with an offset in memory. The second starts a process with that NUMBER,
 * which creates the file BEGUN and waits until there is a file END, and prints what is then at the
 * same place of its own memory. Both have to run without randomised addresses (setarch -R).
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static off_t offset;

static int call(const char *source, const char *destination)
{
	int src = open(source, O_RDONLY);
	int dst = open(destination, O_WRONLY | O_CREAT | O_EXCL, 0644);

	if (src < 0 || dst < 0 || sendfile(dst, src, &offset, (size_t)16 << 20) < 0) {
		perror("sendfile");
		return 1;
	}
	return 0;
}

static void watch(const char *begun, const char *end)
{
	int fd = open(begun, O_WRONLY | O_CREAT, 0644);

	if (fd < 0) {
		perror(begun);
		return;
	}
	(void)close(fd);
	while (access(end, F_OK) < 0)
		usleep(10000);
	printf("%lld\n", (long long)*(volatile off_t *)&offset);
	(void)fflush(stdout);
}

static int start_watch(pid_t number, const char *begun, const char *end)
{
	struct clone_args args = { .exit_signal = SIGCHLD,
				   .set_tid = (uintptr_t)&number,
				   .set_tid_size = 1 };
	long pid;

	do
		pid = syscall(SYS_clone3, &args, sizeof(args));
	while (pid < 0 && errno == EEXIST); /* the first has not been waited for yet */
	if (pid == 0) {
		watch(begun, end);
		_exit(0);
	}
	if (pid < 0) {
		perror("clone3");
		return 1;
	}
	return waitpid((pid_t)pid, NULL, 0) < 0;
}

int main(int argc, char *argv[])
{
	if (argc == 4 && strcmp(argv[1], "call") == 0)
		return call(argv[2], argv[3]);
	if (argc == 5 && strcmp(argv[1], "watch") == 0)
		return start_watch(atoi(argv[2]), argv[3], argv[4]);
	return 2;
}
