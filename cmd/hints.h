/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What can be done where data is not shared.
 */
#ifndef OVL_CMD_HINTS_H
#define OVL_CMD_HINTS_H

#include "ovlcp.h"

/**
 * What somebody can do who wants the data of @e shared nevertheless, in words without a full stop.
 * @fan_out: whether --fan-out is used already, and so is no advice.
 * Returns a string to be freed; NULL where there is nothing to say, or memory is short.
 */
char *hint_for(const struct ovlcp_event *e, bool fan_out);

#endif
