/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Only signals with a handler are blocked: a copy-up may take as long as its file is large, and a
 * user must be able to interrupt it.
 */
#include "preload/pause.h"

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

/* Whether a fault of this thread sends the signal @number, which must not wait. */
static bool is_of_fault(int number)
{
	return number == SIGSEGV || number == SIGBUS || number == SIGFPE || number == SIGILL ||
	       number == SIGTRAP || number == SIGSYS;
}

static bool has_handler(int number)
{
	struct sigaction action;

	return sigaction(number, NULL, &action) == 0 &&
	       ((action.sa_flags & SA_SIGINFO) ||
		(action.sa_handler != SIG_DFL && action.sa_handler != SIG_IGN));
}

void pause_begin(struct pause *p)
{
	sigset_t handled;

	(void)pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &p->cancel_state);
	sigemptyset(&handled);
	for (int number = 1; number <= SIGRTMAX; number++)
		if (!is_of_fault(number) && has_handler(number))
			(void)sigaddset(&handled, number);
	(void)pthread_sigmask(SIG_BLOCK, &handled, &p->blocked); /* cannot fail with SIG_BLOCK */
}

void pause_end(const struct pause *p)
{
	int ignored;

	(void)pthread_sigmask(SIG_SETMASK, &p->blocked, NULL);
	(void)pthread_setcancelstate(p->cancel_state, &ignored);
}
