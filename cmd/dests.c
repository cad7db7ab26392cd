/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reading names, of any bytes but the one that ends them.
 */
#include "dests.h"

#include "base/array.h"
#include "diag.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int append(struct dests *d, char *name)
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
		r = append(d, (char *)(uintptr_t)names[i]); /* never freed: before owned_from */
	d->owned_from = d->count;
	return r;
}

static int failure(const char *file, int error, const char *what)
{
	if (strcmp(file, "-") == 0)
		return diag_failure(error, "%s standard input", what);
	return diag_failure_about(error, what, file);
}

static int add_stream(struct dests *d, const char *file, FILE *in, char end)
{
	char *name = NULL;
	size_t room = 0;
	ssize_t len;
	int r = 0;

	while (r == 0 && (len = getdelim(&name, &room, end, in)) >= 0) {
		char *copy;

		if (len > 0 && name[len - 1] == end)
			name[--len] = '\0';
		if (len == 0 && end == '\n')
			continue;
		/* a NUL in a list of lines would cut the name short */
		if (len == 0 || strlen(name) != (size_t)len) {
			r = failure(file, 0,
				    len == 0 ? "there is an empty name in the list of destinations"
					     : "there is a NUL byte, use --dests0-from, in");
			break;
		}
		copy = strdup(name);
		r = copy ? append(d, copy) : diag_no_memory();
		if (r)
			free(copy);
	}
	if (r == 0 && ferror(in))
		r = failure(file, errno, "error reading");
	free(name);
	return r;
}

int dests_add_file(struct dests *d, const char *file, char end)
{
	FILE *in = strcmp(file, "-") == 0 ? stdin : fopen(file, "re");
	int r;

	if (!in)
		return failure(file, errno, "cannot open");
	r = add_stream(d, file, in, end);
	if (in != stdin)
		(void)fclose(in); /* only read */
	return r;
}

void dests_done(struct dests *d)
{
	for (size_t i = d->owned_from; i < d->count; i++)
		free(d->names[i]);
	free(d->names);
}
