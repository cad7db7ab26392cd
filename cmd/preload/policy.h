/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whether and how calls of this process are helped.
 */
#ifndef OVL_PRELOAD_POLICY_H
#define OVL_PRELOAD_POLICY_H

#include "ovlcp.h"

/** How calls are helped: what the environment said when the program was started. */
struct policy {
	/** How files are copied up: copy_up, copy_up_min. */
	struct ovlcp_options copy;
	/** The report, OVL_CP_REPORT; "": none. */
	const char *report;
};

/**
 * The policy; NULL if calls are not helped: before this library is initialised, in a program that
 * is started with more rights than its caller has (AT_SECURE), with OVL_CP_COPY_UP=never, or if a
 * variable of the environment has no valid value. Takes no lock, and can be called at any time.
 */
const struct policy *policy_get(void);

/**
 * Whether the process has the root directory that it was started with. In another one libraries are
 * not to be trusted, which a copy-up may load.
 */
bool policy_has_own_root(void);

#endif
