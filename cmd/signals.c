/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A fatal signal cancels the session: the library removes the unfinished destination, and the
 * program ends by that signal.
 *
 * A handled signal interrupts a system call that blocks (no SA_RESTART), but not one that starts a
 * moment later. So the first signal starts a timer, which interrupts every later call, whatever it
 * waits for: the writer or the reader of a FIFO, the end of a lease, an answer, room in a pipe.
 */
#include "signals.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/time.h>
#include <ucontext.h>
#include <unistd.h>

/* SIGPIPE: the reader of the output, or of a FIFO that is a destination, has gone. */
static const int fatal_signals[] = { SIGHUP, SIGINT, SIGPIPE, SIGTERM };

#define FATAL_SIGNALS (sizeof(fatal_signals) / sizeof(*fatal_signals))

/* Microseconds between two interruptions of the timer. */
#define TICK_US 100000

/* For the handler, which takes no argument of ours. */
static struct ovlcp *session;
static volatile sig_atomic_t caught;
static struct sigaction old_actions[FATAL_SIGNALS];

static void do_nothing(int number)
{
	(void)number;
}

/*
 * Let SIGALRM interrupt system calls from now on. An alarm(2) of the calling process, whose end the
 * program inherits and has not handled until now, is of no use any more.
 *
 * setitimer(2) is not in the list of signal-safety(7), but is a bare system call on Linux.
 */
static void start_ticks(ucontext_t *context)
{
	const struct timeval tick = { .tv_usec = TICK_US };
	struct sigaction act = { .sa_handler = do_nothing };

	sigemptyset(&act.sa_mask);
	sigaction(SIGALRM, &act, NULL);
	sigdelset(&context->uc_sigmask, SIGALRM); /* unblocked when the handler returns */
	setitimer(ITIMER_REAL, &(struct itimerval){ tick, tick }, NULL);
}

static void on_fatal_signal(int number, siginfo_t *info, void *context)
{
	const int saved = errno;

	(void)info;
	if (!caught) {
		caught = number;
		ovlcp_cancel(session);
		start_ticks(context);
	}
	errno = saved;
}

void signals_catch(struct ovlcp *s)
{
	struct sigaction act = { .sa_sigaction = on_fatal_signal, .sa_flags = SA_SIGINFO };

	session = s;
	sigemptyset(&act.sa_mask);
	for (size_t i = 0; i < FATAL_SIGNALS; i++)
		sigaddset(&act.sa_mask, fatal_signals[i]); /* one at a time */
	for (size_t i = 0; i < FATAL_SIGNALS; i++) {
		sigaction(fatal_signals[i], NULL, &old_actions[i]);
		if (old_actions[i].sa_handler != SIG_IGN)
			sigaction(fatal_signals[i], &act, NULL);
	}
	/* write(2) fails with EFBIG instead, and the unfinished destination is removed */
	signal(SIGXFSZ, SIG_IGN);
}

void signals_release(void)
{
	for (size_t i = 0; i < FATAL_SIGNALS; i++)
		sigaction(fatal_signals[i], &old_actions[i], NULL);
	session = NULL;
}

int signals_caught(void)
{
	return caught;
}

void signals_die_of(int number)
{
	(void)fflush(stdout); /* a full pipe does not block it: the timer interrupts the write */
	signal(number, SIG_DFL);
	raise(number);
	_exit(128 + number); /* no signal ends the first process of a PID namespace by default */
}
