/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What pairs of filesystems have shown about cloning, for the time of a session.
 *
 * Filesystems are known by the device number of their files (st_dev). Only a plain "I do not
 * know this operation" is remembered, and what a filesystem said of itself. EXDEV never is:
 * on overlayfs it is a property of one file, and lasts until that file is copied up.
 */
#ifndef OVL_PROBE_CAPS_H
#define OVL_PROBE_CAPS_H

#include "model/facts.h"

#include <sys/types.h>

struct caps_row;

/** The memory; all-zero knows nothing. */
struct caps {
	struct caps_row *rows;
	size_t count;
	size_t room;
};

/** What is known about clones from @src to @dst. */
enum answer caps_ask(const struct caps *caps, dev_t src, dev_t dst);

/** Remember @answer for clones from @src to @dst. Forgets when memory is short. */
void caps_learn(struct caps *caps, dev_t src, dev_t dst, enum answer answer);

/** Free the memory. */
void caps_done(struct caps *caps);

#endif
