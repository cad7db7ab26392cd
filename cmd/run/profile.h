/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * --print-profile: a seccomp profile by which a container has its calls answered by the agent.
 */
#ifndef OVL_RUN_PROFILE_H
#define OVL_RUN_PROFILE_H

#include "options.h"

/**
 * Print the profile @o->profile, or if that is "" one that allows everything, as JSON, changed so
 * that the calls that are helped stop, if it allows them in any case: those that it forbids, or
 * allows under a condition, are left as they are, with a warning. The listener is @o->agent, or the
 * socket of the service.
 *
 * Returns 0, or DIAG_FAILURE after a message.
 */
int profile_print(const struct run_options *o);

#endif
