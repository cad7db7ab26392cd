/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Sends a signal to a command some time after its start.
 *
 *	signal-after SIGNAL USEC COMMAND [ARG...]
 *
 * SIGNAL is a number; 0 sends none. Prints "exit STATUS USEC" or "signal NUMBER USEC": how the
 * command ended, and after how many microseconds. Its output goes to standard error.
 *
 * The moment is not exact, and need not be: any moment is a good one.
 */
#include <err.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static long now_us(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* Run the command, with the signals as a shell starts it in the foreground. */
static void run(char **command)
{
	static const int signals[] = { SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGQUIT };

	for (size_t i = 0; i < sizeof(signals) / sizeof(*signals); i++)
		(void)signal(signals[i], SIG_DFL);
	(void)dup2(STDERR_FILENO, STDOUT_FILENO);
	(void)execvp(command[0], command);
	err(127, "%s", command[0]);
}

int main(int argc, char **argv)
{
	long start, us;
	int number, status;
	pid_t child;

	if (argc < 4)
		errx(2, "usage: signal-after SIGNAL USEC COMMAND [ARG...]");
	number = atoi(argv[1]);
	us = atol(argv[2]);
	start = now_us();
	child = fork();
	if (child < 0)
		err(1, "fork");
	if (child == 0)
		run(argv + 3);
	if (number) {
		(void)nanosleep(&(struct timespec){ us / 1000000, us % 1000000 * 1000 }, NULL);
		(void)kill(child, number); /* a process that ended is waited for below */
	}
	if (waitpid(child, &status, 0) < 0)
		err(1, "waitpid");
	us = now_us() - start;
	if (WIFSIGNALED(status))
		printf("signal %d %ld\n", WTERMSIG(status), us);
	else
		printf("exit %d %ld\n", WEXITSTATUS(status), us);
	return 0;
}
