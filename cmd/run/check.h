/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * --check: whether COMMAND would be helped.
 */
#ifndef OVL_RUN_CHECK_H
#define OVL_RUN_CHECK_H

#include "options.h"

/** Print whether the command of @o would be helped, and for each way whether it is possible.
 * Returns 0 if it would; otherwise 1, or 126 or 127 as launch. */
int check_help(const struct run_options *o);

#endif
