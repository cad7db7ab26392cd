/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Copies one non-directory to N destinations, completed in order; a destination is queued only to
 * share one reading of the source.
 */
#ifndef OVL_FILE_FILE_H
#define OVL_FILE_FILE_H

#include "copy/context.h"

/**
 * Copy @src to every destination that is open at the present depth of the walk.
 *
 * @src: after source_stat or source_open_file; may be opened here, the caller closes it.
 * @name: its name in the directory that the walk is in; NULL for the path that the caller gave.
 * Returns 0; or the first -errno. Every failure was emitted.
 */
int file_copy(struct copy *c, struct source *src, const char *name);

#endif
