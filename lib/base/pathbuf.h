/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A path that grows and shrinks by one name as a walk descends and ascends; of any length.
 */
#ifndef OVL_BASE_PATHBUF_H
#define OVL_BASE_PATHBUF_H

#include <stddef.h>

/** The path; all-zero is the empty path. */
struct pathbuf {
	/** The text; NULL before the first pathbuf_set. */
	char *text;
	/** Length of the text in bytes, without the NUL byte. */
	size_t len;
	/** Bytes allocated. */
	size_t room;
};

/** Copy @path to it. 0, or -ENOMEM with nothing changed. */
int pathbuf_set(struct pathbuf *p, const char *path);

/** Append @name, after a slash unless it ends with one. 0, or -ENOMEM with nothing changed. */
int pathbuf_push(struct pathbuf *p, const char *name);

/** Reduce several slashes at its end to one. */
void pathbuf_trim(struct pathbuf *p);

/** Cut it to @len bytes, which is at most its length. */
void pathbuf_cut(struct pathbuf *p, size_t len);

/** Free the memory; it is the empty path then. */
void pathbuf_done(struct pathbuf *p);

#endif
