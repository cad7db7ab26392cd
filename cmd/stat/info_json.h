/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is known about a file, for programs. The keys are promised in man/ovl-stat.1.
 */
#ifndef OVL_STAT_INFO_JSON_H
#define OVL_STAT_INFO_JSON_H

#include "json.h"
#include "ovlcp.h"

/**
 * Print an object on one line of standard output. @path: its name as it was given.
 * Returns 0, -ENOMEM, or -errno of what standard output said.
 */
int info_json(struct json *j, const struct ovlcp_info *i, const char *path);

#endif
