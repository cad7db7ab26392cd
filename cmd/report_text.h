/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Events as text: -v and --debug on standard output, failures on standard error.
 */
#ifndef OVL_CMD_REPORT_TEXT_H
#define OVL_CMD_REPORT_TEXT_H

#include "options.h"

/** Say what there is to say of an event, as @o asks for. */
void report_text(const struct options *o, const struct ovlcp_event *e);

#endif
