/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reads lists of names. A name may hold any byte but the delimiter; in a list of lines also no NUL,
 * because the rest of the name would be lost.
 */
#include "dests.h"

#include "base/array.h"
#include "diag.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Append @name. Returns 0, or the exit status after a message. */
static int append_name(struct dests *d, char *name)
{
	if (array_grow(&d->names, &d->room, d->count, sizeof(*d->names)) < 0)
		return diag_no_memory();
	d->names[d->count++] = name;
	return 0;
}

int dests_add_operands(struct dests *d, const char *const *names, size_t n)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < n; i++)
		r = append_name(d, (char *)(uintptr_t)names[i]); /* not freed: before owned_from */
	d->owned_from = d->count;
	return r;
}

/* A failure of the list @file, which may be standard input. */
static int list_failure(const char *file, int error, const char *what)
{
	if (strcmp(file, "-") == 0)
		return diag_failure(error, "%s standard input", what);
	return diag_failure_about(error, what, file);
}

/* Append a copy of @name, of @len bytes, which was read from @file. */
static int append_copy(struct dests *d, const char *file, const char *name, size_t len)
{
	char *copy;
	int r;

	if (len == 0)
		return list_failure(file, 0, "empty name in the list of destinations");
	if (strlen(name) != len) /* it would be cut short */
		return list_failure(file, 0,
				    "NUL byte in a list of lines (--dests0-from takes names that "
				    "end in NUL):");
	copy = strdup(name);
	r = copy ? append_name(d, copy) : diag_no_memory();
	if (r)
		free(copy);
	return r;
}

/*
 * Only the end of file ends the list: a name that does not fit into memory and a read that fails
 * also end getdelim, the latter after a part of a name.
 */
static int add_stream(struct dests *d, const char *file, FILE *in, char end)
{
	char *name = NULL;
	size_t room = 0;
	int r = 0;

	while (r == 0) {
		ssize_t len = getdelim(&name, &room, end, in);
		const bool ends = len > 0 && name[len - 1] == end;

		if (!ends && !feof(in))
			r = list_failure(file, errno, "error reading");
		if (r || len < 0)
			break;
		if (ends)
			name[--len] = '\0';
		if (len > 0 || end != '\n')
			r = append_copy(d, file, name, (size_t)len);
	}
	free(name);
	return r;
}

int dests_add_file(struct dests *d, const char *file, char end)
{
	FILE *in = strcmp(file, "-") == 0 ? stdin : fopen(file, "re");
	int r;

	if (!in)
		return list_failure(file, errno, "cannot open");
	r = add_stream(d, file, in, end);
	if (in != stdin)
		(void)fclose(in); /* it was only read from: nothing can be lost */
	return r;
}

void dests_done(struct dests *d)
{
	for (size_t i = d->owned_from; i < d->count; i++)
		free(d->names[i]);
	free(d->names);
}
