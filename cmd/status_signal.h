/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * SIGUSR1: one line of status on standard error, as by dd.
 */
#ifndef OVL_CMD_STATUS_SIGNAL_H
#define OVL_CMD_STATUS_SIGNAL_H

#include "status.h"

/**
 * Let SIGUSR1 print the status @s, which is borrowed until status_signal_release. It keeps its
 * action if it is ignored, or if POSIXLY_CORRECT is in the environment, as with dd.
 */
void status_signal_catch(const struct status *s);

/** Whether the handler only notes the signal, because a thread prints the status. */
void status_signal_defer(bool is_on);

/** Whether a signal was noted since the last call. */
bool status_signal_take(void);

/** Let SIGUSR1 do nothing any more: a copy that is complete is not to end by it. */
void status_signal_release(void);

#endif
