/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The picture of --map: which bytes files have in common.
 */
#ifndef OVL_STAT_MAP_H
#define OVL_STAT_MAP_H

#include "stat/extent_overlap.h"

#include <stdbool.h>
#include <stddef.h>

/** How the picture is drawn. */
struct map_style {
	/** Columns of the terminal. */
	size_t width;
	/** Whether block characters may be used; otherwise it is ASCII. */
	bool utf8;
};

/**
 * Draw @n files (at most OVERLAP_FILES_MAX): a row of characters for each, all to one scale, and
 * what the characters mean.
 *
 * @names: the name of each, fit for a terminal; borrowed.
 * Returns the lines as one string, to be freed; NULL when memory is short.
 */
char *map_draw(const struct overlap_file *files, const char *const *names, size_t n,
	       const struct map_style *style);

#endif
