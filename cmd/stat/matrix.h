/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * --matrix: by which methods a file could be copied into a directory.
 */
#ifndef OVL_STAT_MATRIX_H
#define OVL_STAT_MATRIX_H

#include "ovlcp.h"

/** Print the table for @source and @directory; nothing is copied. Returns the exit status. */
int matrix_show(struct ovlcp *session, const char *source, const char *directory);

#endif
