/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * --agent: answers the calls of containers, whose runtimes send it the listeners of their filters
 * ("listenerPath" of the OCI runtime specification).
 */
#ifndef OVL_RUN_AGENT_H
#define OVL_RUN_AGENT_H

#include "help_call.h"
#include "options.h"

/** The most containers at a time; the calls of others fail (ENOSYS). */
#define AGENT_CONTAINERS_MAX 1024

/** The longest time that a call of a container is helped, in seconds; it goes on then. */
#define AGENT_SECONDS_MAX 600

/**
 * Answer the calls of containers whose runtimes connect to the socket @o->agent, until SIGTERM or
 * SIGINT; the socket may have been opened by who started this process (sd_listen_fds(3)). Each
 * container has a process of its own, which goes on when this one ends.
 *
 * Only root, and the user of this process, may connect. @report: may be NULL.
 * Returns 0, or LAUNCH_FAILURE after a message.
 */
int agent_run(const struct run_options *o, struct run_report *report);

#endif
