/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Growing strings, and lines of them.
 */
#ifndef ORACLE_TEXT_H
#define ORACLE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* A growing string; all zero is the empty one. */
struct text {
	/* Its bytes, followed by a NUL; NULL as long as nothing was appended. */
	char *data;
	/* Its length in bytes, without the NUL. */
	size_t len;
	/* The size of the allocation in bytes. */
	size_t room;
};

/* The order of lines. */
enum lines_order {
	/* As in the text. */
	LINES_AS_THEY_ARE,
	/* Sorted by byte values. */
	LINES_SORTED,
	/* Sorted, without duplicates. */
	LINES_UNIQUE,
};

/* The lines of a text. */
struct lines {
	/* A copy of the text with a NUL in place of each newline. */
	char *copy;
	/* The beginnings of the lines. */
	char **line;
	/* The number of lines. */
	size_t count;
};

/* Prints a message with strerror(errno) to standard error, and exits with status 2. */
_Noreturn void die(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Appends @n bytes. */
void text_add(struct text *t, const char *bytes, size_t n);

/* Appends a string. */
void text_puts(struct text *t, const char *string);

/* Appends the output of printf. */
void text_printf(struct text *t, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Appends a string quoted for a shell that has $'...', in printable ASCII. */
void text_quote(struct text *t, const char *string);

/* The text as a string; "" if it is empty. */
const char *text_string(const struct text *t);

/* Frees the text, which is empty afterwards. */
void text_done(struct text *t);

/* Splits a text into lines. */
void lines_init(struct lines *l, const struct text *t, enum lines_order order);

/* Frees what lines_init() allocated. */
void lines_done(struct lines *l);

/* True if @a and @b, which are sorted, are equal. Appends the lines that are only in @a ("-") or
 * only in @b ("+") to @ret, unless it is NULL. */
bool lines_same(const struct lines *a, const struct lines *b, struct text *ret);

#endif
