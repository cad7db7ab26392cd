/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Whether a file is a running program.
 */
#ifndef OVL_JOB_RUNNING_H
#define OVL_JOB_RUNNING_H

#include <stdbool.h>
#include <sys/stat.h>

/**
 * Whether a process that can be seen from here runs the file of @st, so that opening it for
 * writing would be refused (ETXTBSY). Reads /proc; for dry runs only, as it takes a while.
 */
bool running_is(const struct stat *st);

#endif
