/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A directory tree as text.
 */
#ifndef ORACLE_DUMP_H
#define ORACLE_DUMP_H

#include "text.h"

#include <stdbool.h>
#include <sys/types.h>
#include <time.h>

/* Rules of a dump. */
struct dump_rules {
	/* A file with an mtime not before this... */
	struct timespec since;
	/* ...and not after this has the mtime "now". */
	struct timespec until;
	/* Whether the dump shows which blocks are holes. */
	bool holes;
	/* Whether it has no mtimes. */
	bool no_times;
	/* Content of larger files is left out; 0: of none. */
	off_t largest;
};

/* Appends a line for @dir (as "."), for each file below it, and for each extended attribute. Each
 * line begins with the path. False if a path is too long or too deep: it is said so then. */
bool dump_tree(struct text *t, const char *dir, const struct dump_rules *rules);

#endif
