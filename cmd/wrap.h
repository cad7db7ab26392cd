/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Folding of text to the width of a terminal.
 */
#ifndef OVL_CMD_WRAP_H
#define OVL_CMD_WRAP_H

#include <stddef.h>
#include <stdio.h>

/** The width of lines that are not folded. */
#define WRAP_NEVER ((size_t)-1)

/**
 * Print @text and a newline, folded at spaces so that no line is longer than @width columns, unless
 * a word is. A quoted name that fits on a line counts as a word. The caller has printed @indent
 * columns of the first line; later lines are indented.
 */
void wrap(FILE *out, const char *text, size_t indent, size_t width);

/** As wrap, for a caller that has printed @at columns, and a space at their end. */
void wrap_from(FILE *out, const char *text, size_t at, size_t indent, size_t width);

/**
 * As wrap, for a caller that has printed @at columns: moves to the column @indent first, which is
 * that of the next line unless at least two spaces fit before it.
 */
void wrap_after(FILE *out, const char *text, size_t at, size_t indent, size_t width);

#endif
