/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The question of -i.
 */
#ifndef OVL_CMD_PROMPT_H
#define OVL_CMD_PROMPT_H

#include "ovlcp.h"

/** Ask on standard error, read the answer from standard input. No answer is no. @payload: a struct
 * options. */
bool prompt_overwrite(const struct ovlcp_event *e, void *payload);

#endif
