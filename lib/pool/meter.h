/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Measures what the threads of a pool do, in windows of some milliseconds: plan/thread_gain.h.
 */
#ifndef OVL_POOL_METER_H
#define OVL_POOL_METER_H

#include "plan/thread_gain.h"
#include "session/session.h"

#include <stdbool.h>

/** The present window. All-zero before the first one. */
struct pool_meter {
	/** sys_monotonic_ns at its start. */
	uint64_t start_ns;
	/** sys_cpu_ns at its start. */
	uint64_t start_cpu_ns;
	/** Bytes that the session had written at its start. */
	uint64_t start_written;
	/** Work of the tasks that have run in it. */
	uint64_t work;
};

/** Start a window. @o: the session. */
void meter_start(struct pool_meter *m, const struct ovlcp *o);

/** Drop the present window. */
void meter_stop(struct pool_meter *m);

/** Return whether a window was started. */
bool meter_is_started(const struct pool_meter *m);

/** Add a task that has run. @work: its files. Returns whether the window has ended, which is then
    described in @ret_w. */
bool meter_add(struct pool_meter *m, const struct ovlcp *o, uint64_t work,
	       struct plan_window *ret_w);

#endif
