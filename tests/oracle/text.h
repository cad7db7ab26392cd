/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef ORACLE_TEXT_H
#define ORACLE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* A string that grows; all zero is the empty one. */
struct text {
	/* Its bytes, with a NUL after them; NULL as long as nothing was added. */
	char *data;
	/* How many bytes, without the NUL. */
	size_t len;
	/* How many bytes there is room for. */
	size_t room;
};

/* In what order lines are. */
enum lines_order {
	/* As in the text. */
	LINES_AS_THEY_ARE,
	/* Sorted by their bytes. */
	LINES_SORTED,
	/* Sorted, each once. */
	LINES_UNIQUE,
};

/* The lines of a text. */
struct lines {
	/* The text again, with a NUL for each newline. */
	char *copy;
	/* Where the lines begin. */
	char **line;
	/* How many there are. */
	size_t count;
};

/* Says on standard error what went wrong, with the words of errno, and ends the program. */
_Noreturn void die(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Adds @n bytes. */
void text_add(struct text *t, const char *bytes, size_t n);

/* Adds a string. */
void text_puts(struct text *t, const char *string);

/* Adds what printf would write. */
void text_printf(struct text *t, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Adds a string as a word of a shell (one that knows $'...'), which is printable ASCII. */
void text_quote(struct text *t, const char *string);

/* Its bytes as a string, "" if there are none. */
const char *text_string(const struct text *t);

/* Makes it empty again, and frees what it had. */
void text_done(struct text *t);

/* Splits a text. */
void lines_init(struct lines *l, const struct text *t, enum lines_order order);

/* Frees what lines_init() made. */
void lines_done(struct lines *l);

/* Adds the lines in which the sorted @a ("-") and @b ("+") differ to @ret, if it is not NULL; true:
 * none. */
bool lines_same(const struct lines *a, const struct lines *b, struct text *ret);

#endif
