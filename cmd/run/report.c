/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The report is written by processes that have no standard error to complain on: a line that cannot
 * be written is missing.
 */
#include "run/report.h"

#include "json.h"
#include "record_builder.h"
#include "report_json.h"
#include "torn_line.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct run_report {
	int fd;
	struct json *json;
	/* messages are part of the format */
	locale_t locale;
};

/* Make a report without a file. 0; -ENOPKG without the library for JSON; -ENOMEM. */
static int new_report(struct run_report **ret_r)
{
	struct run_report *r = calloc(1, sizeof(*r));
	int e = r ? json_open(&r->json) : -ENOMEM;

	if (r) {
		r->fd = -1;
		r->locale = e == 0 ? newlocale(LC_ALL_MASK, "C", (locale_t)0) : (locale_t)0;
	}
	if (e == 0 && !r->locale)
		e = -ENOMEM;
	if (e < 0)
		run_report_close(r);
	else
		*ret_r = r;
	return e == -ENOENT ? -ENOPKG : e;
}

int run_report_open(const char *path, int flags, struct run_report **ret_r)
{
	struct run_report *r = NULL;
	int e = new_report(&r);

	if (e < 0)
		return e;
	r->fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY | flags, 0666);
	/* lines are waited for until they are written */
	if (r->fd < 0 || ((flags & O_NONBLOCK) && fcntl(r->fd, F_SETFL, O_APPEND) < 0)) {
		e = -errno;
		run_report_close(r);
		return e;
	}
	*ret_r = r;
	return 0;
}

int run_report_fd(const struct run_report *r)
{
	return r ? r->fd : -1;
}

/* Append @line, or nothing of it: see above. */
static void append_line(int fd, const char *line, size_t len)
{
	ssize_t n = write(fd, line, len);

	if (n > 0 && (size_t)n < len)
		torn_line_remove(fd, (size_t)n);
}

static void write_record(const struct record *record, void *payload)
{
	const struct run_report *r = payload;
	char *line = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&line, &len);
	bool is_whole = out && report_json_file(r->json, record, out) == 0;

	if (out && fclose(out) == 0 && is_whole)
		append_line(r->fd, line, len);
	free(line);
}

void run_report_event(const struct ovlcp_event *e, void *payload)
{
	struct run_report *r = payload;
	struct record_builder builder = { .fn = write_record, .payload = r };

	if (!r)
		return;
	builder.locale = r->locale;
	record_builder_add(&builder, e);
	record_builder_finish(&builder);
}

void run_report_close(struct run_report *r)
{
	if (!r)
		return;
	if (r->fd >= 0)
		(void)close(r->fd); /* nothing is kept back: each line was written */
	if (r->locale)
		freelocale(r->locale);
	json_close(r->json);
	free(r);
}
