/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An info as text for people.
 */
#ifndef OVL_STAT_INFO_TEXT_H
#define OVL_STAT_INFO_TEXT_H

#include "ovlcp.h"

/**
 * Print @i to standard output as a block of lines. @path: the file as named by the user.
 * Returns 0 or -ENOMEM.
 */
int info_text(const struct ovlcp_info *i, const char *path);

#endif
