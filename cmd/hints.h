/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Hints: what can be done where data is not shared.
 */
#ifndef OVL_CMD_HINTS_H
#define OVL_CMD_HINTS_H

#include "ovlcp.h"

/**
 * The hint how the data of @e could be shared, without a full stop.
 * @fan_out: whether --fan-out is used already, so that the hint need not mention it.
 * Returns a string to be freed; NULL if there is no hint, or memory is short.
 */
char *hint_for(const struct ovlcp_event *e, bool fan_out);

#endif
