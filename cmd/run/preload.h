/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * --method=preload: a library in the process of COMMAND (../preload/) instead of a filter.
 */
#ifndef OVL_RUN_PRELOAD_H
#define OVL_RUN_PRELOAD_H

#include "options.h"

/** Whether @name can be helped by the library. NULL if so; otherwise why not, a part of a sentence
 * about it. */
const char *preload_obstacle(const char *name);

/**
 * Let the command of @o, and what it executes, load the library, with the options of @o: changes
 * the environment of this process. Returns 0, or -ENOMEM.
 */
int preload_prepare(const struct run_options *o);

#endif
