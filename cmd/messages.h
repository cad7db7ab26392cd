/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Events as sentences in plain words.
 */
#ifndef OVL_CMD_MESSAGES_H
#define OVL_CMD_MESSAGES_H

#include "ovlcp.h"

/** What @e says, without the program's name; to be freed. NULL when memory is short. */
char *message_of_event(const struct ovlcp_event *e);

/** Why the data of @e is not shared; to be freed. NULL without a reason, or memory. */
char *message_of_reason(const struct ovlcp_event *e);

#endif
