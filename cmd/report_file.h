/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The file of a report: opened only if the copy does not use it itself.
 */
#ifndef OVL_CMD_REPORT_FILE_H
#define OVL_CMD_REPORT_FILE_H

#include "operands.h"
#include "options.h"

#include <stdbool.h>
#include <sys/stat.h>

/** An open file of a report. */
struct report_file {
	/** Descriptor for writing; owned by the caller of report_file_open. */
	int fd;
	/** Result of fstat, from before it was truncated. */
	struct stat st;
};

/** Whether @o asks for a report on standard output. */
bool report_is_on_stdout(const struct options *o);

/** As diag_failure, for @what and the name of the report that @o asks for. */
int report_file_failure(const struct options *o, int error, const char *what);

/**
 * Open the file that @o asks for, and empty it. It is refused, and not changed, if the copy of the
 * operands @p reads or writes it, or if that cannot be told. @s: answers whether a file of an
 * overlay and a file in a layer are one; its event callback is replaced.
 * @ret_f: set on success. Returns 0, or the exit status after a message.
 */
int report_file_open(const struct options *o, const struct operands *p, struct ovlcp *s,
		     struct report_file *ret_f);

/**
 * Compare @path with the open file @f. Returns 1 if it leads to that file, 0 if to another one or
 * to none; -errno if that cannot be told.
 */
int report_file_is(const struct report_file *f, const char *path);

#endif
