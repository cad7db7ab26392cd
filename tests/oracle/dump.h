/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef ORACLE_DUMP_H
#define ORACLE_DUMP_H

#include "text.h"

#include <time.h>

/* What a dump heeds. */
struct dump_rules {
	/* A file that was modified then or later... */
	struct timespec since;
	/* ...and not after this is modified "now", whenever that was. */
	struct timespec until;
	/* Whether it matters which blocks are holes. */
	bool holes;
};

/* Adds a line for each fact about each file in @dir, which itself is "."; paths come first. */
void dump_tree(struct text *t, const char *dir, const struct dump_rules *rules);

#endif
