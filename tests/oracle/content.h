/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Content of regular files.
 */
#ifndef ORACLE_CONTENT_H
#define ORACLE_CONTENT_H

#include "random.h"
#include "text.h"

/* Picks the index of a shape; small ones are more likely. */
unsigned int content_random(struct random *r);

/* The index of a small shape without holes. */
unsigned int content_plain(void);

/* Writes content of shape @shape to the empty file @fd; @name makes it differ from that of others.
 */
void content_write(int fd, const char *name, unsigned int shape);

/* Appends shell commands that write this content to the file @name. */
void content_script(struct text *t, const char *name, unsigned int shape);

#endif
