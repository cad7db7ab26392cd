/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Chooses names of backups (--backup), as cp does.
 */
#ifndef OVL_TARGET_BACKUP_H
#define OVL_TARGET_BACKUP_H

#include "ovlcp.h"

/**
 * Choose the name of a backup of @name in the directory @dir_fd; nothing is renamed.
 * @ret_name: the name, to be freed by the caller.
 * Returns 0, or -errno.
 */
int backup_name(int dir_fd, const char *name, const struct ovlcp_options *opt, char **ret_name);

/** Return the suffix of simple backups; borrowed from @opt, or static. */
const char *backup_suffix(const struct ovlcp_options *opt);

#endif
