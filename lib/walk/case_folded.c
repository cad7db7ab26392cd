/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Two sets, because neither is enough: numbers may change with the spelling, and how a filesystem
 * folds letters that are not ASCII is known to the filesystem only.
 */
#include "walk/case_folded.h"

#include "base/fd.h"

#include <errno.h>
#include <string.h>

/* Return @path with ASCII letters in lower case; the caller frees it. NULL if memory is short. */
static char *fold(const char *path)
{
	char *folded = strdup(path);

	for (char *c = folded; c && *c; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c += 'a' - 'A';
	return folded;
}

/* The key of a path has no number. */
static const struct stat no_number;

int case_folded_add(struct case_folded *w, const struct stat *st, const char *path)
{
	CLEANUP_FREE char *folded = fold(path);
	int r = folded ? inodeset_add(&w->paths, &no_number, folded) : -ENOMEM;

	return r < 0 ? r : inodeset_add(&w->numbers, st, "");
}

bool case_folded_has_path(const struct case_folded *w, const char *path)
{
	CLEANUP_FREE char *folded = fold(path);

	return !folded || inodeset_has(&w->paths, &no_number, folded);
}

bool case_folded_has_number(const struct case_folded *w, const struct stat *st)
{
	return inodeset_has(&w->numbers, st, "");
}

void case_folded_done(struct case_folded *w)
{
	inodeset_done(&w->paths);
	inodeset_done(&w->numbers);
}
