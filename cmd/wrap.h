/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Text in a column.
 */
#ifndef OVL_CMD_WRAP_H
#define OVL_CMD_WRAP_H

#include <stddef.h>
#include <stdio.h>

/**
 * Print @text and a newline, broken at spaces so that it fits @width columns if it can. The first
 * line begins at column @indent, where the output already is; the others are moved there.
 */
void wrap(FILE *out, const char *text, size_t indent, size_t width);

#endif
