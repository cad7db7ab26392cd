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

/** How a file gets the name of its backup. */
enum backup_way {
	/** It is renamed. A simple backup that exists is replaced. */
	BACKUP_RENAME,
	/** The same, but no backup that exists is replaced. */
	BACKUP_RENAME_NEW,
	/** By a hard link: it keeps its own name, too. A simple backup that exists is replaced. */
	BACKUP_LINK,
};

/**
 * Give @name in the directory @dir_fd the name of a backup. A numbered backup never replaces a file
 * (rename_new, link(2)).
 * @ret_name: the name of the backup, to be freed by the caller.
 * Returns 0; or -errno, -ENOENT if @name has gone.
 */
int backup_make(int dir_fd, const char *name, const struct ovlcp_options *opt, enum backup_way way,
		char **ret_name);

/**
 * The name of the simple backup of @name.
 * @ret_name: the name, to be freed by the caller. Returns 0, or -ENOMEM.
 */
int backup_simple_name(const char *name, const struct ovlcp_options *opt, char **ret_name);

#endif
