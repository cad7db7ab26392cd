/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Text that is put together without stdio, also in a signal handler.
 */
#ifndef OVL_CMD_TEXT_H
#define OVL_CMD_TEXT_H

#include <stddef.h>
#include <stdint.h>

/** A text in a buffer of the caller, always ended by a NUL. What does not fit is cut off. */
struct text {
	/** The buffer; borrowed. */
	char *buffer;
	/** Its size in bytes, at least 1. */
	size_t size;
	/** Bytes of text in it. */
	size_t len;
};

/** Begin an empty text in @buffer of @size bytes. */
struct text text_begin(char *buffer, size_t size);

/** Append @s. */
void text_add(struct text *t, const char *s);

/** Append the decimal number @n. */
void text_add_number(struct text *t, uint64_t n);

/** Append @bytes as human_size does. */
void text_add_size(struct text *t, uint64_t bytes);

/** Append a time in the form "3 s", "2 min 5 s" or "1 h 20 min". */
void text_add_time(struct text *t, uint64_t seconds);

#endif
