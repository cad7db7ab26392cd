/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Growing strings, and sorted lines of them. Everything that is compared is text, so that a
 * difference can be printed as it was found. If memory is exhausted, the program exits: it is a
 * test program.
 */
#include "text.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void die(const char *format, ...)
{
	int code = errno;
	va_list args;

	va_start(args, format);
	fputs("oracle: ", stderr);
	vfprintf(stderr, format, args);
	fprintf(stderr, ": %s\n", strerror(code));
	va_end(args);
	exit(2);
}

static void text_grow(struct text *t, size_t more)
{
	size_t want = t->len + more + 1;

	if (want <= t->room)
		return;
	t->room = want * 2;
	t->data = realloc(t->data, t->room);
	if (!t->data)
		die("memory");
}

void text_add(struct text *t, const char *bytes, size_t n)
{
	text_grow(t, n);
	if (n)
		memcpy(t->data + t->len, bytes, n);
	t->len += n;
	t->data[t->len] = '\0';
}

void text_puts(struct text *t, const char *string)
{
	text_add(t, string, strlen(string));
}

void text_printf(struct text *t, const char *format, ...)
{
	va_list args;
	char *more;
	int n;

	va_start(args, format);
	n = vasprintf(&more, format, args);
	va_end(args);
	if (n < 0)
		die("memory");
	text_add(t, more, (size_t)n);
	free(more);
}

static bool is_plain(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       (c && strchr("_-+=./,:@%", c));
}

static void text_quote_bytes(struct text *t, const char *string)
{
	text_puts(t, "$'");
	for (; *string; string++) {
		unsigned char c = (unsigned char)*string;

		if (c == '\n')
			text_puts(t, "\\n");
		else if (c < ' ' || c > '~')
			text_printf(t, "\\%03o", c);
		else if (c == '\'' || c == '\\')
			text_printf(t, "\\%c", c);
		else
			text_add(t, string, 1);
	}
	text_puts(t, "'");
}

void text_quote(struct text *t, const char *string)
{
	bool plain = *string != '\0';
	bool bytes = false;

	for (const char *at = string; *at; at++) {
		unsigned char c = (unsigned char)*at;

		plain = plain && is_plain(c);
		bytes = bytes || c < ' ' || c > '~' || c == '\'';
	}
	if (bytes)
		text_quote_bytes(t, string);
	else
		text_printf(t, plain ? "%s" : "'%s'", string);
}

const char *text_string(const struct text *t)
{
	return t->data ? t->data : "";
}

void text_done(struct text *t)
{
	free(t->data);
	*t = (struct text){ 0 };
}

static int by_bytes(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void lines_unique(struct lines *l)
{
	size_t kept = 0;

	for (size_t i = 0; i < l->count; i++) {
		if (!kept || strcmp(l->line[kept - 1], l->line[i]) != 0)
			l->line[kept++] = l->line[i];
	}
	l->count = kept;
}

void lines_init(struct lines *l, const struct text *t, enum lines_order order)
{
	size_t newlines = 0;

	for (const char *at = text_string(t); *at; at++)
		newlines += *at == '\n';
	l->copy = strdup(text_string(t));
	l->line = calloc(newlines + 1, sizeof(*l->line));
	l->count = 0;
	if (!l->copy || !l->line)
		die("memory");
	for (char *at = l->copy, *end; *at; at = end) {
		end = strchrnul(at, '\n');
		if (*end)
			*end++ = '\0';
		l->line[l->count++] = at;
	}
	if (order != LINES_AS_THEY_ARE)
		qsort(l->line, l->count, sizeof(*l->line), by_bytes);
	if (order == LINES_UNIQUE)
		lines_unique(l);
}

void lines_done(struct lines *l)
{
	free(l->copy);
	free(l->line);
	*l = (struct lines){ 0 };
}

bool lines_same(const struct lines *a, const struct lines *b, struct text *ret)
{
	size_t i = 0;
	size_t j = 0;
	bool same = true;

	while (i < a->count || j < b->count) {
		int order = i == a->count ? 1 : j == b->count ? -1 : strcmp(a->line[i], b->line[j]);

		if (order != 0 && ret)
			text_printf(ret, order < 0 ? "-%s\n" : "+%s\n",
				    order < 0 ? a->line[i] : b->line[j]);
		same = same && order == 0;
		i += order <= 0;
		j += order >= 0;
	}
	return same;
}
