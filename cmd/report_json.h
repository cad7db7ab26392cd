/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * --report-format=json: a line of JSON for each record, and one for the summary.
 */
#ifndef OVL_CMD_REPORT_JSON_H
#define OVL_CMD_REPORT_JSON_H

#include "json.h"
#include "summary.h"

#include <stdio.h>

/** Print @r to @out as an object on one line. Returns 0 or -errno, as json_print. */
int report_json_file(struct json *j, const struct record *r, FILE *out);

/** Print @s to @out as an object on one line. Returns 0 or -errno, as json_print. */
int report_json_summary(struct json *j, const struct summary *s, FILE *out);

#endif
