/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The leading directories of a source (--parents), made in the destination directory.
 */
#ifndef OVL_COPY_PARENTS_H
#define OVL_COPY_PARENTS_H

#include "copy/context.h"

struct parents;

/**
 * Make the leading directories of the source of @c in the directory @given.
 * @ret_parents: to be ended by parents_finish, also on failure; NULL if memory is short.
 * 0; or -errno, and it was emitted.
 */
int parents_make(struct copy *c, const char *given, struct parents **ret_parents);

/** The directory that the source goes to then; borrowed. */
int parents_directory(const struct parents *p);

/** Dry run: whether that is only above where it goes. */
bool parents_would_exist(const struct parents *p);

/** Name of the destination there; belongs to @p. */
const char *parents_name(const struct parents *p);

/** Path of the destination; likewise. */
const char *parents_path(const struct parents *p);

/** Give the leading directories their attributes and free @p. 0, or -errno. */
int parents_finish(struct copy *c, struct parents *p);

#endif
