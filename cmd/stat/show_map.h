/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * --map: from names to the picture.
 */
#ifndef OVL_STAT_SHOW_MAP_H
#define OVL_STAT_SHOW_MAP_H

#include "ovlcp.h"

#include <stddef.h>

/**
 * Draw what the @n files at @paths (at most OVERLAP_FILES_MAX) have in common. One that cannot be
 * looked at is left out, with a message. Returns the exit status.
 */
int show_map(struct ovlcp *session, char *const *paths, size_t n);

#endif
