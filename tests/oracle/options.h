/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Options of cp.
 */
#ifndef ORACLE_OPTIONS_H
#define ORACLE_OPTIONS_H

#include "args.h"

/* What the choice of operands must know about the options; flags. */
enum option_effect {
	/* Directories are copied. */
	OPTION_RECURSES = 1u << 0,
	/* Symbolic links on the command line are copied as such, so no FIFO is read through them.
	 */
	OPTION_NO_FOLLOW = 1u << 1,
	/* Links are made, and nothing is read. */
	OPTION_LINKS = 1u << 2,
	/* FIFOs and devices are read. */
	OPTION_READS_SPECIALS = 1u << 3,
	/* The destination must be a directory. */
	OPTION_PARENTS = 1u << 4,
	/* All symbolic links are followed. */
	OPTION_FOLLOWS = 1u << 5,
};

/* Appends generated options without -t and -T; returns flags of enum option_effect. */
unsigned int options_random(struct args *args, struct random *r, const struct tree *tree);

#endif
