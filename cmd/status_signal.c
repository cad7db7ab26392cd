/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The handler writes the line itself: a copy without --progress has no other thread that could, and
 * the library may be in a system call for long. It calls nothing that is not async-signal-safe.
 *
 * The surprising fact: a signal with a handler can end a copy-up in the kernel, which begins anew
 * when the system call is restarted (seen on Linux 6.18: utimensat, ERESTARTSYS). With --progress
 * the signal is blocked in the threads that copy.
 */
#include "status_signal.h"

#include "diag.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

/* For the handler, which takes no argument of ours. */
static _Atomic(const struct status *) status;
static atomic_bool is_deferred;
static atomic_bool is_noted;

static void print_status(const struct status *s)
{
	char buffer[PROGRESS_LINE_MAX];
	struct text t = text_begin(buffer, sizeof(buffer));
	struct progress_state now;

	status_read(s, &now);
	text_add(&t, diag_program());
	text_add(&t, ": ");
	progress_status(&t, &now);
	text_add(&t, "\n");
	if (write(STDERR_FILENO, t.buffer, t.len) < 0)
		return; /* there is nowhere to say so */
}

static void on_signal(int number)
{
	const struct status *s = atomic_load(&status);
	const int saved = errno;

	(void)number;
	if (atomic_load(&is_deferred))
		atomic_store(&is_noted, true);
	else if (s)
		print_status(s);
	errno = saved;
}

void status_signal_catch(const struct status *s)
{
	struct sigaction act = { .sa_handler = on_signal, .sa_flags = SA_RESTART };

	struct sigaction old;

	atomic_store(&status, s);
	if (getenv("POSIXLY_CORRECT"))
		return;
	sigemptyset(&act.sa_mask);
	sigaction(SIGUSR1, &act, &old);
	if (old.sa_handler == SIG_IGN)
		sigaction(SIGUSR1, &old, NULL);
}

void status_signal_defer(bool is_on)
{
	atomic_store(&is_deferred, is_on);
}

bool status_signal_take(void)
{
	return atomic_exchange(&is_noted, false);
}

void status_signal_release(void)
{
	atomic_store(&status, NULL);
}
