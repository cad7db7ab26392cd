/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Makes a text of a pattern and an event, part by part.
 *
 * In a pattern %S is the source, %D the destination (%d: before a colon), %O a third file, %F the
 * type of the destination's filesystem (on an overlay: that of its upper layer), %E the text of
 * errno, %C that of the errno of a copy-up, %N an offset in bytes, %{NAME} an option.
 */
#ifndef OVL_TEXT_EXPAND_H
#define OVL_TEXT_EXPAND_H

#include "ovlcp.h"

/** Who receives the parts. */
struct text_receiver {
	/** Called for each. */
	ovlcp_text_fn *fn;
	/** Passed to fn; belongs to the caller. */
	void *payload;
};

/** Pass the parts of the text of @pattern about @e to @to. */
void text_expand(const struct text_receiver *to, const char *pattern, const struct ovlcp_event *e);

#endif
