/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Finds equal files below directories, and lets each set of them share one set of blocks.
 */
#ifndef OVL_DEDUPE_WITHIN_H
#define OVL_DEDUPE_WITHIN_H

#include "dedupe/run.h"

/**
 * Find and share all that is equal below the @n directories @dir, which are relative to @dir_fd.
 * d->first tells whether something failed.
 */
void within_run(struct dedupe_run *d, int dir_fd, const char *const *dir, size_t n);

#endif
