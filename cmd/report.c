/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Writes the report to a file or to standard output, each line by one write(2).
 *
 * A failure of the report never affects the copy: if it cannot be written any more (the reader has
 * gone, the disk is full), it ends with a message, the copy goes on, and the exit status is 1.
 */
#include "report.h"

#include "diag.h"
#include "json.h"
#include "record_builder.h"
#include "report_file.h"
#include "report_json.h"
#include "report_tsv.h"
#include "summary.h"
#include "torn_line.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

struct report {
	const struct options *o; /* borrowed */
	struct report_file file; /* fd is -1 after the report has ended */
	struct json *json;	 /* NULL for --report-format=text */
	struct record_builder builder;
	struct summary summary;
	uint64_t begin_ns; /* CLOCK_MONOTONIC */
	bool failed;	   /* it is incomplete, and a message says so */
};

/* CLOCK_MONOTONIC in nanoseconds, as the times of events. */
static uint64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

/* End the report, with a message unless there was one. */
static void give_up(struct report *r, int error, const char *what)
{
	if (!r->failed)
		(void)report_file_failure(r->o, error, what);
	r->failed = true;
	if (r->file.fd >= 0)
		(void)close(r->file.fd); /* the failure has its message already */
	r->file.fd = -1;
}

/* Write all of @text. EINTR is a failure, so that a reader that blocks cannot stop a signal.
   @ret_done: how many bytes were written. 0, or -errno. */
static int write_all(int fd, const char *text, size_t len, size_t *ret_done)
{
	size_t done = 0;
	ssize_t n = 1;

	while (done < len && n > 0) {
		n = write(fd, text + done, len - done);
		done += n > 0 ? (size_t)n : 0;
	}
	*ret_done = done;
	return n > 0 ? 0 : n < 0 ? -errno : -EIO; /* 0 would be tried for ever */
}

static void write_bytes(struct report *r, const char *line, size_t len)
{
	size_t done;
	int e = write_all(r->file.fd, line, len, &done);

	if (e == 0)
		return;
	if (!report_is_on_stdout(r->o)) /* programs expect complete lines */
		torn_line_remove(r->file.fd, done);
	give_up(r, -e, "the copy is not affected, but there was an error writing the report");
}

/* Write a line about @file, or if that is NULL about @summary. */
static void write_report_line(struct report *r, const struct record *file,
			      const struct summary *summary)
{
	char *line = NULL;
	size_t len = 0;
	FILE *out = r->file.fd >= 0 ? open_memstream(&line, &len) : NULL;
	int e = out ? 0 : -ENOMEM;

	if (r->file.fd < 0)
		return;
	if (out && r->json)
		e = file ? report_json_file(r->json, file, out)
			 : report_json_summary(r->json, summary, out);
	else if (out && file)
		report_tsv_file(file, out);
	else if (out)
		report_tsv_summary(summary, out);
	if (out && fclose(out) != 0 && e == 0)
		e = -ENOMEM;
	if (e == 0)
		write_bytes(r, line, len);
	else
		give_up(r, -e, "the copy is not affected, but a line is missing in the report");
	free(line);
}

static void write_record(const struct record *file, void *payload)
{
	struct report *r = payload;

	summary_add(&r->summary, file);
	write_report_line(r, file, NULL);
}

/* Load the library for JSON, and set the locale of messages to C: they are part of the format. */
static int open_json(struct report *r)
{
	int e = json_open(&r->json);

	if (e == -ENOENT)
		return diag_failure(0, "--report needs " JSON_MISSING
				       ", or choose --report-format=text");
	r->builder.locale = e == 0 ? newlocale(LC_ALL_MASK, "C", (locale_t)0) : (locale_t)0;
	return e < 0 || !r->builder.locale ? diag_no_memory() : 0;
}

static void report_free(struct report *r)
{
	if (r->file.fd >= 0)
		(void)close(r->file.fd); /* only on failure: report_close checks */
	if (r->builder.locale)
		freelocale(r->builder.locale);
	json_close(r->json);
	free(r);
}

int report_open(const struct options *o, const struct operands *p, struct ovlcp *s,
		struct report **ret_r)
{
	struct report *r;
	int status = 0;

	*ret_r = NULL;
	if (!o->report)
		return 0;
	r = calloc(1, sizeof(*r));
	if (!r)
		return diag_no_memory();
	*r = (struct report){ .o = o, .file.fd = -1, .begin_ns = now_ns() };
	r->builder =
		(struct record_builder){ .fn = write_record, .payload = r, .is_dry = o->explain };
	if (o->report_format == REPORT_JSON)
		status = open_json(r);
	else
		diag_use_locale();
	if (status == 0)
		status = report_file_open(o, p, s, &r->file);
	if (status) {
		report_free(r);
		/* a default of the environment does not keep a copy from being made */
		return o->report_append ? 0 : status;
	}
	if (!S_ISREG(r->file.st.st_mode)) /* write(2) fails with EPIPE, which gives up the report */
		signal(SIGPIPE, SIG_IGN);
	*ret_r = r;
	return 0;
}

/*
 * The destination was just truncated: it is complete if the report stops writing to it. A path that
 * is too long for stat is deep in a tree, where the name of the report is not.
 */
static void check_destination(struct report *r, const char *path)
{
	int same = report_file_is(&r->file, path);

	if (same > 0)
		give_up(r, 0, "the copy goes on, and overwrites the report");
	else if (same < 0 && same != -ENAMETOOLONG)
		give_up(r, -same,
			"the copy goes on, and it is unknown whether it overwrites the report");
}

void report_event(struct report *r, const struct ovlcp_event *e)
{
	if (!r)
		return;
	if (r->file.fd >= 0 && ovlcp_event_type(e) == OVLCP_EVENT_BEGIN && !r->o->explain)
		check_destination(r, ovlcp_event_destination(e));
	record_builder_add(&r->builder, e);
}

/* A report that was unlinked meanwhile is lost when it is closed; one that became a backup is not
 * where it is looked for. A file that reports are added to may be renamed by who looks after it. */
static void check_is_linked(struct report *r)
{
	struct stat st;

	if (r->file.fd < 0 || !S_ISREG(r->file.st.st_mode) || r->file.st.st_nlink == 0)
		return;
	if (fstat(r->file.fd, &st) != 0)
		give_up(r, errno, "cannot stat the report");
	else if (st.st_nlink == 0)
		give_up(r, 0, "the report was removed during the copy:");
	else if (!report_is_on_stdout(r->o) && !r->o->report_append &&
		 report_file_is(&r->file, r->o->report) == 0)
		give_up(r, 0, "the report got another name during the copy:");
}

int report_close(struct report *r, int status, int number)
{
	struct utsname system;

	if (!r)
		return status;
	record_builder_finish(&r->builder);
	if (r->builder.incomplete)
		give_up(r, ENOMEM,
			"memory ran out, and the copy is not affected, but lines are missing in "
			"the report");
	r->summary.exit_status = status;
	r->summary.signal = number;
	r->summary.kernel = uname(&system) == 0 ? system.release : "unknown";
	r->summary.duration_ns = now_ns() - r->begin_ns;
	write_report_line(r, NULL, &r->summary);
	check_is_linked(r);
	if (r->file.fd >= 0 && close(r->file.fd) != 0) {
		r->file.fd = -1;
		give_up(r, errno, "error closing the report");
	}
	r->file.fd = -1;
	if (r->failed && !r->o->report_append)
		status = DIAG_FAILURE;
	report_free(r);
	return status;
}
