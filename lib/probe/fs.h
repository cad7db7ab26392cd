/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The name of a filesystem for people: its type, and its label where that can be read.
 */
#ifndef OVL_PROBE_FS_H
#define OVL_PROBE_FS_H

#include "probe/layout.h"

/**
 * Name the filesystem that @fd lies on.
 *
 * @l: table of mounts, or NULL if there is none.
 * @upper: on an overlay, name the filesystem of its upper layer instead.
 * Returns a string such as "ext4" or "xfs (label build)", to be freed; NULL where it cannot
 * be told from here, or memory is short.
 */
char *fs_name(const struct layout *l, int fd, bool upper);

#endif
