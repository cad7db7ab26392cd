/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How far the copying is, as a line of text: a pure function of numbers and a name.
 */
#ifndef OVL_CMD_PROGRESS_H
#define OVL_CMD_PROGRESS_H

#include "ovlcp.h"
#include "text.h"

/** What is known when the line is made. Sizes are in bytes. */
struct progress_state {
	/** What the library has done. */
	struct ovlcp_progress bytes;
	/** Nanoseconds since the copying began. */
	uint64_t time_ns;
	/** Files that are complete, were left alone, or have failed; without directories. */
	uint64_t files;
	/** Of how many; 0 if that is not known. */
	uint64_t files_total;
	/** How many bytes these have; 0 if that is not known. */
	uint64_t bytes_total;
	/** Bytes per second; 0 if there is no rate. */
	uint64_t rate;
	/** The file that is being written, quoted; NULL if it is not known. Borrowed. */
	const char *name;
};

/** The width of a line that may have any. */
#define PROGRESS_ANY_WIDTH SIZE_MAX
/** Size in bytes of a buffer for the longest line without its name. */
#define PROGRESS_LINE_MAX 512

/**
 * Append the line to @t: its parts in order of their use as far as they fit into @width columns,
 * the name shortened at its beginning. The locale tells how wide the characters of the name are.
 */
void progress_line(struct text *t, const struct progress_state *s, size_t width);

/** Append all parts but the name, and the time since the beginning. Async-signal-safe. */
void progress_status(struct text *t, const struct progress_state *s);

#endif
