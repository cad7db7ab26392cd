/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Answers the calls that stop, until no process is left that has the filter.
 */
#ifndef OVL_RUN_SUPERVISE_H
#define OVL_RUN_SUPERVISE_H

#include "help_call.h"

/** The most calls that are answered at a time; others wait. */
#define SUPERVISE_WORKERS_MAX 16

/**
 * Answer the calls of the filter of @listener. Returns when all its processes have ended: 0; or
 * -errno, and then no call that stops is answered any more once @listener is closed (ENOSYS).
 */
int supervise(int listener, const struct help_policy *p);

#endif
