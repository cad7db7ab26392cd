/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A path that grows and shrinks by one name as a walk goes down and up; of any length.
 */
#ifndef OVL_BASE_PATHBUF_H
#define OVL_BASE_PATHBUF_H

#include <stddef.h>

/** The path; all-zero is the empty one. */
struct pathbuf {
	/** The text; NULL before the first pathbuf_set. */
	char *text;
	/** Its length in bytes. */
	size_t len;
	/** Bytes allocated. */
	size_t room;
};

/** Make it a copy of @path. 0, or -ENOMEM. */
int pathbuf_set(struct pathbuf *p, const char *path);

/** Append @name, after a slash unless there is one. 0, or -ENOMEM with nothing changed. */
int pathbuf_push(struct pathbuf *p, const char *name);

/** Leave one slash of those at its end. */
void pathbuf_trim(struct pathbuf *p);

/** Cut it to @len bytes, a length it had before. */
void pathbuf_cut(struct pathbuf *p, size_t len);

/** Free it. */
void pathbuf_done(struct pathbuf *p);

#endif
