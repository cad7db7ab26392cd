/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The signals that end the program: SIGHUP, SIGINT, SIGPIPE and SIGTERM.
 */
#ifndef OVL_CMD_SIGNALS_H
#define OVL_CMD_SIGNALS_H

#include "ovlcp.h"

/**
 * Let a fatal signal cancel the session @s, unless the signal is ignored. Every system call that
 * blocks then fails with EINTR, also if it starts after the signal. @s: borrowed until
 * signals_release.
 */
void signals_catch(struct ovlcp *s);

/** Let a fatal signal end the program at once again, by its old disposition. */
void signals_release(void);

/** The number of the first signal that was caught; 0 if there was none. */
int signals_caught(void);

/** Flush standard output, and end the program by the signal @number, so that a calling shell sees
 * it; or by the exit status that shells give to it, if the signal has no effect. */
_Noreturn void signals_die_of(int number);

#endif
