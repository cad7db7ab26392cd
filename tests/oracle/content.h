/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef ORACLE_CONTENT_H
#define ORACLE_CONTENT_H

#include "random.h"
#include "text.h"

/* Picks an index of a shape, small ones more often. */
unsigned int content_random(struct random *r);

/* The index of a small shape without holes. */
unsigned int content_plain(void);

/* Writes the content of shape @shape to the empty file @fd; @name makes it differ from others. */
void content_write(int fd, const char *name, unsigned int shape);

/* Adds shell commands that make this content in the file @name. */
void content_script(struct text *t, const char *name, unsigned int shape);

#endif
