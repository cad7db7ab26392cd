/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Texts of failures and warnings.
 */
#ifndef OVL_TEXT_FAILURES_H
#define OVL_TEXT_FAILURES_H

#include "ovlcp.h"

/** Return the pattern (text/expand.h) of a failure or a warning. */
const char *text_failure(enum ovlcp_op op);

#endif
