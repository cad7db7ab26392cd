/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef ORACLE_CHANGES_H
#define ORACLE_CHANGES_H

#include "compare.h"

#include <stdbool.h>

/* What a line of a difference of trees is about. */
struct change {
	/* '-': only after cp; '+': only after the program. */
	char side;
	/* From the path to the end. */
	const char *line;
	/* Its path in the sandbox; and what follows it, such as " file 0644 ...". */
	const char *path;
	const char *rest;
};

/* The changes between two trees. */
struct changes {
	struct text diff;
	struct lines lines;
};

/* Reads a line of changes.lines; false if it is not about something in the sandbox. */
bool changes_read(const char *line, struct change *ret_change);

/* What differs between the trees of both. */
void changes_init(struct changes *c, const struct result *cp, const struct result *ovl);

void changes_done(struct changes *c);

/* Whether there are changes, and all are as @is. */
bool changes_are(const struct result *cp, const struct result *ovl,
		 bool (*is)(const struct change *change));

/* Whether one of the changes is as @is. */
bool changes_has(const struct result *cp, const struct result *ovl,
		 bool (*is)(const struct change *change));

/* Whether each change is one of a file that both have, and the two lines are as @alike; where
   @is is given, lines of which it is true need no partner. */
bool changes_pair(const struct result *cp, const struct result *ovl,
		  bool (*alike)(const struct change *cp, const struct change *ovl),
		  bool (*is)(const struct change *change));

/* Whether the line is about an extended attribute of the file. */
bool change_is_attribute(const struct change *c);

/* Whether two lines are equal up to @word. */
bool change_is_same_up_to(const struct change *a, const struct change *b, const char *word);

#endif
