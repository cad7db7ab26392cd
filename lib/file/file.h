/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Copies one non-directory to N destinations, completed in order; a destination is queued only to
 * share one reading of the source.
 */
#ifndef OVL_FILE_FILE_H
#define OVL_FILE_FILE_H

#include "copy/context.h"

/**
 * Copy @src, which was looked at, to every destination that is open. @name: in the directory that
 * the walk is in, NULL for what the caller named. 0; or the first -errno, and each was emitted.
 */
int file_copy(struct copy *c, struct source *src, const char *name);

#endif
