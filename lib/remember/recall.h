/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Finds a copy of a source that an earlier call has made, and proves that it is one still.
 */
#ifndef OVL_REMEMBER_RECALL_H
#define OVL_REMEMBER_RECALL_H

#include "remember/memory.h"

#include <stdatomic.h>
#include <sys/stat.h>

/** A source. Everything is borrowed. */
struct recall_question {
	/** Open for reading. */
	int src_fd;
	/** Its stat. */
	const struct stat *src;
	/** Its directory. */
	int src_dir_fd;
	/** Its name in that directory; NULL if that is not known. */
	const char *src_name;
	/** The directory of the destination, or AT_FDCWD. */
	int dst_dir_fd;
	/** Options of the copy. */
	const struct ovlcp_options *opt;
	/** EXEC_BUFFER_SIZE bytes, if both files have to be read; NULL if there is no memory. */
	void *buffer;
	/** Set to stop that. */
	const atomic_bool *cancelled;
};

/** The copy of an earlier call; all-zero but for fd, which is -EBADF, is none. */
struct recalled {
	/** Open for reading; owned. */
	int fd;
	/** Its record; owned. Where there is no copy, paths begins with that of the source all the
	   same, if that is known. NULL if nothing is. */
	struct remembered *remembered;
	/** Whether it was compared with the source. */
	bool is_compared;
};

/** No copy. */
#define RECALLED_NONE ((struct recalled){ .fd = -EBADF })

/**
 * Find a copy of @q->src_fd. @ret_r: to be freed by recall_done, also on failure.
 *
 * Returns 0; -ENOENT if there is none, or it is not proved; -ECANCELED; -ENOMEM.
 */
int recall_open(struct memory *m, const struct recall_question *q, struct recalled *ret_r);

/**
 * Whether the copy did not change until now; to be asked when it has been cloned. If it is
 * unchanged and was compared, it need not be compared the next time.
 */
bool recall_confirm(struct memory *m, const struct recalled *r);

/** Path of the copy; "" if there is none. Owned by @r. */
const char *recall_path(const struct recalled *r);

/** Close and free what @r has. */
void recall_done(struct recalled *r);

#endif
