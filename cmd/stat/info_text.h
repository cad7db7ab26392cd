/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is known about a file, for people.
 */
#ifndef OVL_STAT_INFO_TEXT_H
#define OVL_STAT_INFO_TEXT_H

#include "ovlcp.h"

/**
 * Print a block of lines about a file to standard output. @path: its name as it was given.
 * Returns 0 or -ENOMEM.
 */
int info_text(const struct ovlcp_info *i, const char *path);

#endif
