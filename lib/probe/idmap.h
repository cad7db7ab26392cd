/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Whether the owner of a file is mapped in the user namespace of the process.
 */
#ifndef OVL_PROBE_IDMAP_H
#define OVL_PROBE_IDMAP_H

#include <stdbool.h>
#include <sys/stat.h>

/**
 * Whether uid and gid of @st are mapped in the user namespace of the process (user_namespaces(7)).
 *
 * True too if that is unknown: /proc is not mounted, or the map contains the overflow id (65534),
 * which the kernel shows for ids that are not mapped.
 */
bool owner_is_mapped(const struct stat *st);

#endif
