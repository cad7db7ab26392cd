/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is done about one call that has stopped.
 */
#ifndef OVL_RUN_HELP_CALL_H
#define OVL_RUN_HELP_CALL_H

#include "ovlcp.h"
#include "run/report.h"

#include <linux/seccomp.h>

/** How calls are helped. */
struct help_policy {
	/** How files are copied up: copy_up, copy_up_min. */
	struct ovlcp_options copy;
	/** The report, or NULL; borrowed. */
	struct run_report *report;
	/** The longest time for one call, in seconds; it goes on then. 0: no limit. */
	unsigned int seconds_max;
};

/**
 * Do what the call @n needs, which has stopped and is to be answered as @ret_answer says: it goes
 * on, or, a sendfile, has been done. @listener: the descriptor that @n was received from.
 *
 * Whatever goes wrong, the call goes on as without help.
 */
void help_call(int listener, const struct seccomp_notif *n, const struct help_policy *p,
	       struct seccomp_notif_resp *ret_answer);

#endif
