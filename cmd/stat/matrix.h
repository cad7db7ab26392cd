/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * --matrix: in which ways a file could be copied into a directory.
 */
#ifndef OVL_STAT_MATRIX_H
#define OVL_STAT_MATRIX_H

#include "ovlcp.h"

/** Print a table for @source and @directory; nothing is copied. Returns the exit status. */
int matrix_show(struct ovlcp *session, const char *source, const char *directory);

#endif
