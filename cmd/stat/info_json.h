/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * --json: an info as JSON. man/ovl-stat.1 documents the keys.
 */
#ifndef OVL_STAT_INFO_JSON_H
#define OVL_STAT_INFO_JSON_H

#include "json.h"
#include "ovlcp.h"

/**
 * Print @i to standard output as an object on one line. @path: the file as named by the user.
 * Returns 0, -ENOMEM, or -errno of writing to standard output.
 */
int info_json(struct json *j, const struct ovlcp_info *i, const char *path);

#endif
