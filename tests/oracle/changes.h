/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The difference between the trees that two programs left, line by line of their dumps.
 */
#ifndef ORACLE_CHANGES_H
#define ORACLE_CHANGES_H

#include "compare.h"

#include <stdbool.h>

/* One line of the difference between two dumps. */
struct change {
	/* '-': the line is only in the dump after cp; '+': only in that after ovl-cp. */
	char side;
	/* The line from the path on. */
	const char *line;
	/* The path relative to the sandbox, beginning with '/' or empty; ends at @rest. */
	const char *path;
	/* What follows the path, such as " file 0644 ...". */
	const char *rest;
};

/* The difference between two trees. */
struct changes {
	/* The lines as one text. */
	struct text diff;
	/* The same text, split. */
	struct lines lines;
};

/* Parses a line of struct changes, which must outlive @ret_change; false if it is not about a
 * file in the sandbox. */
bool changes_read(const char *line, struct change *ret_change);

/* Computes the difference between the trees of @c. */
void changes_init(struct changes *changes, const struct comparison *c);

/* Frees what changes_init() allocated. */
void changes_done(struct changes *changes);

/* True if there are changes, and @is is true of each. */
bool changes_all(const struct comparison *c, bool (*is)(const struct change *change));

/* True if @is is true of at least one change. */
bool changes_any(const struct comparison *c, bool (*is)(const struct change *change));

/*
 * True if there are changes, and each belongs to a pair of lines about a file that both trees have
 * for which @alike is true. If @is is not NULL, a line of which it is true needs no partner.
 */
bool changes_all_pairs(const struct comparison *c,
		       bool (*alike)(const struct change *cp, const struct change *ovl),
		       bool (*is)(const struct change *change));

/* True if the line is about an extended attribute of the file. */
bool change_is_xattr(const struct change *c);

/* True if @word is in both lines, and they are equal up to it. */
bool change_same_up_to(const struct change *a, const struct change *b, const char *word);

#endif
