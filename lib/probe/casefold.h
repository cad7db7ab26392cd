/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Directories in which names that differ only in case are one name.
 */
#ifndef OVL_PROBE_CASEFOLD_H
#define OVL_PROBE_CASEFOLD_H

#include <stdbool.h>

/**
 * Whether two names that differ in case may be one name in the directory @fd: it has the casefold
 * flag (chattr +F of ext4, f2fs and tmpfs), or its filesystem is of a kind that folds case by
 * default or on request. True as well if that cannot be asked.
 */
bool casefold_is_possible(int fd);

#endif
