/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Whether a file is in use as a running program, or as swap space.
 */
#ifndef OVL_JOB_RUNNING_H
#define OVL_JOB_RUNNING_H

#include <stdbool.h>
#include <sys/stat.h>

/**
 * Whether a process that can be seen from here runs the file of @st, so that opening it for
 * writing would be refused (ETXTBSY). Reads /proc; for dry runs only, as it takes a while.
 */
bool is_executing(const struct stat *st);

/**
 * Whether the file of @st is active swap space, which can neither be written nor removed. Reads
 * /proc/swaps. The file of a layer is not recognized through its overlay.
 */
bool is_active_swap(const struct stat *st);

#endif
