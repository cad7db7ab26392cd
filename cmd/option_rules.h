/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What follows from all options together.
 */
#ifndef OVL_CMD_OPTION_RULES_H
#define OVL_CMD_OPTION_RULES_H

#include "options.h"

/**
 * Refuse options that exclude one another, read the environment for what was not given, and
 * settle what one option leaves to others. Returns 0, or the exit status after a message.
 */
int option_rules_apply(struct options *o);

#endif
