/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Events as text: -v and --debug on standard output, failures on standard error.
 */
#ifndef OVL_CMD_REPORT_TEXT_H
#define OVL_CMD_REPORT_TEXT_H

#include "options.h"

/** Takes an event of the library. @options: a struct options. */
void report_text(const struct ovlcp_event *e, void *options);

#endif
