/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Creates the leading directories of a source (--parents) in the destination directory.
 */
#ifndef OVL_COPY_PARENTS_H
#define OVL_COPY_PARENTS_H

#include "copy/context.h"

struct parents;

/**
 * Create the leading directories of the source of @c in the directory @given.
 * @ret_parents: end it with parents_finish, also on failure; NULL if memory is short.
 * Returns 0; or -errno, which was emitted.
 */
int parents_make(struct copy *c, const char *given, struct parents **ret_parents);

/** Return the parent directory of the destination; borrowed. In a dry run it may not exist: then
   the lowest existing directory above it. */
int parents_directory(const struct parents *p);

/** Return whether this is a dry run and the parent directory does not exist. */
bool parents_would_exist(const struct parents *p);

/** Return the path of the parent directory below parents_directory, with a slash at its end; NULL
    if it exists. Borrowed. */
const char *parents_missing(const struct parents *p);

/** Return the name of the destination in that directory; borrowed. */
const char *parents_name(const struct parents *p);

/** Return the path of the destination; borrowed. */
const char *parents_path(const struct parents *p);

/** Return the stat of the directory that the caller has named; borrowed. */
const struct stat *parents_top(const struct parents *p);

/** Set the attributes of the leading directories, and free @p. 0, or the first -errno. */
int parents_finish(struct copy *c, struct parents *p);

#endif
