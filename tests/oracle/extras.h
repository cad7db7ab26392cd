/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Extended attributes of the files of a tree.
 */
#ifndef ORACLE_EXTRAS_H
#define ORACLE_EXTRAS_H

#include "text.h"
#include "tree.h"

/* Sets the extended attributes @which, flags of enum node_extra, of the file @path. */
void extras_set(const char *path, unsigned int which);

/* Appends the shell commands that set them; @quoted is the path, quoted for the shell. */
void extras_script(struct text *t, const char *quoted, unsigned int which);

#endif
