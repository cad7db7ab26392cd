/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A time in which the program does not interfere with its own thread.
 */
#ifndef OVL_PRELOAD_PAUSE_H
#define OVL_PRELOAD_PAUSE_H

#include <signal.h>

/** What the thread is to have again. */
struct pause {
	/** Its blocked signals. */
	sigset_t blocked;
	/** Signals that waited for it before. */
	sigset_t pending;
	/** Whether it can be cancelled. */
	int cancel_state;
};

/**
 * From now on no handler of the program runs in this thread, which could call this library in the
 * midst or leave it by longjmp(3), and the thread is not cancelled. Signals without a handler do
 * what they do: they end the program, also in the midst. So do those of a fault of this thread.
 * Those by which a write fails, of a report, do nothing (SIGPIPE, SIGXFSZ).
 */
void pause_begin(struct pause *p);

/** What was held up happens now. */
void pause_end(const struct pause *p);

#endif
