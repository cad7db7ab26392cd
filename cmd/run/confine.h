/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Keeps a process that enters the root directory of a caller from running code that is found there.
 */
#ifndef OVL_RUN_CONFINE_H
#define OVL_RUN_CONFINE_H

/**
 * Load the libraries that a copy-up may need (docs/decisions/0003-libraries-on-demand.md), while
 * the root directory is that of this program. One that is missing is done without.
 */
void confine_load_libraries(void);

/**
 * From now on this process, and all that it forks, can map no file as code and execute none:
 * EACCES. Returns 0, or -errno: then it must not enter another root directory.
 */
int confine(void);

#endif
