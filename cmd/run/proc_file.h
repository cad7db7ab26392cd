/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The files of a process in /proc, as streams.
 */
#ifndef OVL_RUN_PROC_FILE_H
#define OVL_RUN_PROC_FILE_H

#include <stdio.h>

/** Open the file @name of the process with the directory @proc of /proc, for reading,
 * close-on-exec. NULL and errno on failure. */
FILE *proc_file_open(int proc, const char *name);

#endif
