/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Writes a text into a buffer, for callers that do not word it themselves.
 */
#ifndef OVL_TEXT_BUFFER_H
#define OVL_TEXT_BUFFER_H

#include "ovlcp.h"

/** Append a part; see ovlcp_text_put. */
void text_put(struct ovlcp_text_buffer *b, enum ovlcp_text_part part, const char *text);

#endif
