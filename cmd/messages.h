/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The texts of messages about events.
 */
#ifndef OVL_CMD_MESSAGES_H
#define OVL_CMD_MESSAGES_H

#include "ovlcp.h"

#include <stdio.h>

/** The message of @e, without the name of the program; to be freed. NULL if memory is short. */
char *message_of_event(const struct ovlcp_event *e);

/** Write that message to @out, piece by piece, for which no memory is needed. */
void message_write_event(FILE *out, const struct ovlcp_event *e);

/** The message that the data of @e was written because it could not be shared, and why; to be
 * freed. NULL if memory is short. */
char *message_of_fallback(const struct ovlcp_event *e);

/** The reason why the data of @e is not shared; to be freed. NULL if none, or memory is short. */
char *message_of_reason(const struct ovlcp_event *e);

/** What can be done where the data of @e is not shared; to be freed. NULL if there is nothing to
 * say, or memory is short. @fan_out: whether the call is a fan-out. */
char *message_of_advice(const struct ovlcp_event *e, bool fan_out);

#endif
