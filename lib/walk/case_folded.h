/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What a copy has put into directories in which names that differ in case may be one name.
 */
#ifndef OVL_WALK_CASE_FOLDED_H
#define OVL_WALK_CASE_FOLDED_H

#include "base/inodeset.h"

/** The files, by number and by name; all-zero is empty. */
struct case_folded {
	/** Their numbers. */
	struct inodeset numbers;
	/** Their paths, ASCII letters in lower case: some filesystems give every spelling of a name
	    a number of its own. */
	struct inodeset paths;
};

/** Record the file @st, which has the path @path. 0, or -ENOMEM. */
int case_folded_add(struct case_folded *w, const struct stat *st, const char *path);

/** Whether a file with the path @path was recorded, in any spelling; also if memory is short. */
bool case_folded_has_path(const struct case_folded *w, const char *path);

/** Whether a file with the numbers of @st was recorded. */
bool case_folded_has_number(const struct case_folded *w, const struct stat *st);

/** Free the memory; @w is empty then. */
void case_folded_done(struct case_folded *w);

#endif
