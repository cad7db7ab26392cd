/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The picture of --map: which bytes files share.
 */
#ifndef OVL_STAT_MAP_H
#define OVL_STAT_MAP_H

#include "stat/extent_overlap.h"

#include <stdbool.h>
#include <stddef.h>

/** The form of the picture. */
struct map_style {
	/** Width in columns. */
	size_t width;
	/** Whether it may have block characters; otherwise it is ASCII. */
	bool utf8;
};

/**
 * Draw @n files (at most OVERLAP_FILES_MAX): a row of characters for each, all to the same scale,
 * and a legend.
 *
 * @names: the quoted name of each; borrowed.
 * Returns the lines as one string, to be freed; NULL if memory is short.
 */
char *map_draw(const struct overlap_file *files, const char *const *names, size_t n,
	       const struct map_style *style);

#endif
