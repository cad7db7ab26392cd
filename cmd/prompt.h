/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The question of -i.
 */
#ifndef OVL_CMD_PROMPT_H
#define OVL_CMD_PROMPT_H

#include "ovlcp.h"

/**
 * The ovlcp_question_fn of the command: ask on standard error, and read the answer from standard
 * input; end of file means no. @payload: a struct options. Returns whether the answer is yes.
 */
bool prompt_overwrite(const struct ovlcp_event *e, void *payload);

#endif
