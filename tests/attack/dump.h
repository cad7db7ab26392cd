/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A tree as text, with everything that must not change.
 */
#ifndef ATTACK_DUMP_H
#define ATTACK_DUMP_H

#include <stdbool.h>

/* A line for each file of the directory @name and below it, in the order of names: its path, type,
   mode, owner, size, device, mtime, ctime, number of links, extended attributes (which include
   lists) and a checksum of its content. @links: whether numbers of links, and ctime, which changes
   with them, are left out; of a file called "linked" they always are. The caller frees the text. */
char *dump_tree(const char *name, bool links);

/* Compares two dumps. The first line that differs is put into @ret_line, of @size bytes. True if
   they are equal. */
bool dump_same(const char *before, const char *after, char *ret_line, unsigned long size);

#endif
