/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Runs the copies that the operands ask for.
 */
#ifndef OVL_CMD_OPERANDS_H
#define OVL_CMD_OPERANDS_H

#include "options.h"

/** Copy the operands of @o in the session @s, as its options say. Returns the exit status. */
int operands_copy(struct ovlcp *s, struct options *o);

#endif
