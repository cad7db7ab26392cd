/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Texts of reasons.
 */
#ifndef OVL_TEXT_REASONS_H
#define OVL_TEXT_REASONS_H

#include "ovlcp.h"

/** Return the pattern (text/expand.h) of @reason; NULL if there is none. */
const char *text_reason(enum ovlcp_reason reason);

#endif
