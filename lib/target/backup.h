/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Names of backups.
 */
#ifndef OVL_TARGET_BACKUP_H
#define OVL_TARGET_BACKUP_H

#include "ovlcp.h"

/** The name that a backup of @name in @dir_fd gets; to be freed. 0, or -errno. */
int backup_name(int dir_fd, const char *name, const struct ovlcp_options *opt, char **ret_name);

/** What a simple backup has after its name. */
const char *backup_suffix(const struct ovlcp_options *opt);

#endif
