/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Rules about combinations of options.
 */
#ifndef OVL_CMD_OPTION_RULES_H
#define OVL_CMD_OPTION_RULES_H

#include "options.h"

/**
 * Reject options that exclude one another, read the environment for missing values, and set what
 * depends on several options. Returns 0, or the exit status after a message.
 */
int option_rules_apply(struct options *o);

#endif
