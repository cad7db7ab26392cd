/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * --report-format=text: a line with tabs between its fields for each record, and one for the
 * summary.
 */
#ifndef OVL_CMD_REPORT_TSV_H
#define OVL_CMD_REPORT_TSV_H

#include "summary.h"

#include <stdio.h>

/** Print @r to @out as one line. @out keeps its own error state; nothing is flushed. */
void report_tsv_file(const struct record *r, FILE *out);

/** Print @s to @out as one line, likewise. */
void report_tsv_summary(const struct summary *s, FILE *out);

#endif
