/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Texts of advice.
 */
#ifndef OVL_TEXT_ADVICE_H
#define OVL_TEXT_ADVICE_H

#include "ovlcp.h"

/** Return the pattern (text/expand.h) of what can be done where the data of @e is not shared; NULL
    if there is none. @fan_out: whether the copy has several destinations. */
const char *text_advice(const struct ovlcp_event *e, bool fan_out);

/** Return the pattern of what helps as well, to follow text_advice; "" if nothing does. */
const char *text_more_advice(const struct ovlcp_event *e, bool fan_out);

#endif
