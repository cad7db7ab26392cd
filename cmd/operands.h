/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Recognizes the form of the command line, and runs the copies that it asks for.
 */
#ifndef OVL_CMD_OPERANDS_H
#define OVL_CMD_OPERANDS_H

#include "dests.h"
#include "options.h"

/** The forms of a command line. */
enum operands_form {
	/** One source to one destination. */
	OPERANDS_TO_FILE,
	/** Sources into a directory. */
	OPERANDS_INTO_DIRECTORY,
	/** One source to several destinations. */
	OPERANDS_FAN_OUT,
	/** Sources that are only copied up. */
	OPERANDS_COPY_UP,
	/** One source that several destinations share the data of (--dedupe). */
	OPERANDS_DEDUPE,
	/** Directories whose files share data (--dedupe-within). */
	OPERANDS_DEDUPE_WITHIN,
};

/** The operands of a command line that is right. */
struct operands {
	/** Its form. */
	enum operands_form form;
	/** The sources, or the directories of --dedupe-within; borrowed, or those of stripped. */
	const char *const *sources;
	/** Number of sources. */
	size_t source_count;
	/** The destination or the directory; borrowed. NULL for the forms with several. */
	const char *destination;
	/** The destinations of a fan-out or a deduplication. */
	struct dests dests;
	/** Sources without trailing slashes; owned. NULL unless --strip-trailing-slashes needs it.
	 */
	char **stripped;
};

/**
 * Check the operands of @o, and read lists of destinations; nothing is created or changed.
 * @ret_p: set in every case, to be freed with operands_done. Borrows from @o.
 * Returns 0, or the exit status after a message.
 */
int operands_read(const struct options *o, struct operands *ret_p);

/** Copy the operands @p in the session @s, as the options @o say. Returns the exit status. */
int operands_copy(struct ovlcp *s, const struct options *o, const struct operands *p);

/**
 * Call @fn for the path of each source, and of each file that a source is copied to, but for those
 * of trees. Stops if @fn returns a status that is not 0.
 * Returns the status of @fn; or after a message that of memory that is short.
 */
int operands_for_each(const struct options *o, const struct operands *p,
		      int (*fn)(const char *path, void *payload), void *payload);

/** Free what @p owns. */
void operands_done(struct operands *p);

#endif
