/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * --map: from file names to the picture.
 */
#ifndef OVL_STAT_SHOW_MAP_H
#define OVL_STAT_SHOW_MAP_H

#include "ovlcp.h"

#include <stddef.h>

/**
 * Print which bytes the @n files at @paths (at most OVERLAP_FILES_MAX) share. A file that cannot be
 * inspected is skipped, with a message. Returns the exit status.
 */
int show_map(struct ovlcp *session, char *const *paths, size_t n);

#endif
