/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Text about events: -v and --debug on standard output, failures and warnings on standard error.
 */
#ifndef OVL_CMD_REPORT_TEXT_H
#define OVL_CMD_REPORT_TEXT_H

#include "options.h"
#include "repeats.h"

/**
 * Print the text about @e that @o asks for.
 *
 * @repeats: counts messages in a summary.   @reasons: those that --debug has printed; it refers to
 * them later.
 */
void report_text(const struct options *o, struct repeats *repeats, struct repeats *reasons,
		 const struct ovlcp_event *e);

/** Print the advice @text as a line of --debug. */
void report_text_hint(const char *text);

#endif
