/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From options and operands to copies.
 */
#ifndef OVL_CMD_REQUEST_H
#define OVL_CMD_REQUEST_H

#include "options.h"

/** Copy what @o asks for, in the session @s. Returns the exit status. */
int request_run(struct ovlcp *s, struct options *o);

#endif
