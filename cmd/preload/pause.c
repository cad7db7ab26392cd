/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Only signals with a handler are blocked: a copy-up may take as long as its file is large, and a
 * user must be able to interrupt it.
 */
#include "preload/pause.h"

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <time.h>

/* Of a write that fails: sent to the thread, and would end a program that did not write. */
static const int of_write[] = { SIGPIPE, SIGXFSZ };

#define OF_WRITE_COUNT (sizeof(of_write) / sizeof(*of_write))

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
	(void)sigpending(&p->pending);
	for (size_t i = 0; i < OF_WRITE_COUNT; i++)
		(void)sigaddset(&handled, of_write[i]);
	(void)pthread_sigmask(SIG_BLOCK, &handled, &p->blocked); /* cannot fail with SIG_BLOCK */
}

/* Take what the writes of this library have sent. */
static void take_of_write(const struct pause *p)
{
	const struct timespec at_once = { 0 };
	sigset_t set;

	for (size_t i = 0; i < OF_WRITE_COUNT; i++) {
		sigemptyset(&set);
		(void)sigaddset(&set, of_write[i]);
		if (!sigismember(&p->pending, of_write[i]))
			(void)sigtimedwait(&set, NULL, &at_once);
	}
}

void pause_end(const struct pause *p)
{
	int ignored;

	take_of_write(p);
	(void)pthread_sigmask(SIG_SETMASK, &p->blocked, NULL);
	(void)pthread_setcancelstate(p->cancel_state, &ignored);
}
