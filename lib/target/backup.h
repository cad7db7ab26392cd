/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Backups (--backup): their names, as cp chooses them, and the rename.
 */
#ifndef OVL_TARGET_BACKUP_H
#define OVL_TARGET_BACKUP_H

#include "ovlcp.h"

#include <stdbool.h>

/**
 * Choose the name of a backup of @name in the directory @dir_fd; nothing is renamed.
 * @ret_name: the name, to be freed by the caller.
 * Returns 0, or -errno.
 */
int backup_name(int dir_fd, const char *name, const struct ovlcp_options *opt, char **ret_name);

/**
 * Rename @name in the directory @dir_fd to a backup. A numbered one never replaces a file
 * (RENAME_NOREPLACE), a simple one only if @replace.
 * @ret_name: the name of the backup, to be freed by the caller.
 * Returns 0; or -errno, -ENOENT if @name has gone.
 */
int backup_rename(int dir_fd, const char *name, const struct ovlcp_options *opt, bool replace,
		  char **ret_name);

/** Return the suffix of simple backups; borrowed from @opt, or static. */
const char *backup_suffix(const struct ovlcp_options *opt);

#endif
