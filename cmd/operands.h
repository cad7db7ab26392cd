/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From options and operands to copies.
 */
#ifndef OVL_CMD_OPERANDS_H
#define OVL_CMD_OPERANDS_H

#include "options.h"

/** Copy what @o asks for, in the session @s. Returns the exit status. */
int operands_copy(struct ovlcp *s, struct options *o);

#endif
