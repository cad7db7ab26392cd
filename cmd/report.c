/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Writes the report to a file or to standard output, each line by one write(2).
 *
 * A failure of the report never affects the copy: if it cannot be written any more (the reader has
 * gone, the disk is full), it ends with a message, the copy goes on, and the exit status is 1. The
 * report is refused if it would overwrite a source, a destination or a list of destinations.
 */
#include "report.h"

#include "diag.h"
#include "json.h"
#include "record_builder.h"
#include "report_json.h"
#include "report_tsv.h"
#include "summary.h"

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
	int fd;			 /* -1 after the report has ended */
	struct stat st;		 /* of fd */
	off_t end;		 /* of the last complete line, in a regular file */
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

bool report_is_on_stdout(const struct options *o)
{
	return o->report && strcmp(o->report, "-") == 0;
}

/* Print a message about the report. Returns DIAG_FAILURE. */
static int report_failure(const struct report *r, int error, const char *what)
{
	if (report_is_on_stdout(r->o))
		return diag_failure(error, "%s on standard output", what);
	return diag_failure_about(error, what, r->o->report);
}

/* End the report, with a message unless there was one. */
static void give_up(struct report *r, int error, const char *what)
{
	if (!r->failed)
		(void)report_failure(r, error, what);
	r->failed = true;
	if (r->fd >= 0)
		(void)close(r->fd); /* the failure has its message already */
	r->fd = -1;
}

/* Write all of @text. EINTR is a failure, so that a reader that blocks cannot stop a signal. */
static int write_all(int fd, const char *text, size_t len)
{
	while (len > 0) {
		ssize_t n = write(fd, text, len);

		if (n < 0)
			return -errno;
		text += n;
		len -= (size_t)n;
	}
	return 0;
}

static void write_bytes(struct report *r, const char *line, size_t len)
{
	int e = write_all(r->fd, line, len);

	if (e == 0) {
		r->end += (off_t)len;
		return;
	}
	/* remove the partial line: programs expect complete ones */
	if (S_ISREG(r->st.st_mode) && !report_is_on_stdout(r->o) && ftruncate(r->fd, r->end) != 0)
		e = -errno;
	give_up(r, -e, "the copy is not affected, but there was an error writing the report");
}

/* Write a line about @file, or if that is NULL about @summary. */
static void write_report_line(struct report *r, const struct record *file,
			      const struct summary *summary)
{
	char *line = NULL;
	size_t len = 0;
	FILE *out = r->fd >= 0 ? open_memstream(&line, &len) : NULL;
	int e = out ? 0 : -ENOMEM;

	if (r->fd < 0)
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

/* Whether @path is the file of the report. Several users of a terminal do no harm. */
static bool is_report(const struct report *r, const char *path)
{
	struct stat st;

	return path && (S_ISREG(r->st.st_mode) || S_ISFIFO(r->st.st_mode)) &&
	       stat(path, &st) == 0 && st.st_dev == r->st.st_dev && st.st_ino == r->st.st_ino;
}

/* A source must not be truncated, nor a destination be written by copy and report. */
static int check_operands(const struct report *r)
{
	const struct options *o = r->o;
	bool same = o->dests_from && is_report(r, o->dests_from);

	for (int i = 0; i < o->operand_count; i++)
		same = same || is_report(r, o->operands[i]);
	if (!same)
		return 0;
	if (report_is_on_stdout(o))
		return diag_failure(0, "cannot write the report to standard output: the copy "
				       "itself uses that file");
	return report_failure(r, 0, "cannot write the report: the copy itself uses the file");
}

/* Open @name for writing. @ret_new: whether it was created. Returns a descriptor or -errno. */
static int open_report_file(const char *name, bool *ret_new)
{
	const int flags = O_WRONLY | O_CLOEXEC | O_NOCTTY;
	int fd = open(name, flags | O_CREAT | O_EXCL, 0666);

	*ret_new = fd >= 0;
	if (fd < 0 && errno == EEXIST)
		fd = open(name, flags | O_CREAT, 0666); /* truncated later, when it is checked */
	return fd < 0 ? -errno : fd;
}

/* Open, check and truncate the file of the report. Returns 0, or the exit status. */
static int open_destination(struct report *r)
{
	const struct options *o = r->o;
	bool is_new = false;
	int status;

	r->fd = report_is_on_stdout(o) ? fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3)
				       : open_report_file(o->report, &is_new);
	if (r->fd < 0)
		return report_failure(r, report_is_on_stdout(o) ? errno : -r->fd,
				      "cannot open the report");
	if (fstat(r->fd, &r->st) != 0)
		return report_failure(r, errno, "cannot stat the report");
	status = check_operands(r);
	if (status == 0 && S_ISREG(r->st.st_mode) && !report_is_on_stdout(o) &&
	    ftruncate(r->fd, 0) != 0)
		status = report_failure(r, errno, "cannot truncate the report");
	if (status && is_new)
		(void)unlink(o->report); /* created a moment ago */
	return status;
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
	if (r->fd >= 0)
		(void)close(r->fd); /* only on failure: report_close checks */
	if (r->builder.locale)
		freelocale(r->builder.locale);
	json_close(r->json);
	free(r);
}

int report_open(const struct options *o, struct report **ret_r)
{
	struct report *r;
	int status = 0;

	*ret_r = NULL;
	if (!o->report)
		return 0;
	r = calloc(1, sizeof(*r));
	if (!r)
		return diag_no_memory();
	*r = (struct report){ .o = o, .fd = -1, .begin_ns = now_ns() };
	r->builder = (struct record_builder){ .fn = write_record, .payload = r };
	if (o->report_format == REPORT_JSON)
		status = open_json(r);
	else
		diag_use_locale();
	if (status == 0)
		status = open_destination(r);
	if (status) {
		report_free(r);
		return status;
	}
	signal(SIGPIPE, SIG_IGN); /* write(2) fails with EPIPE instead, which gives up the report */
	*ret_r = r;
	return 0;
}

void report_event(struct report *r, const struct ovlcp_event *e)
{
	if (!r)
		return;
	/* the destination was just truncated: it is complete if the report stops writing to it */
	if (r->fd >= 0 && ovlcp_event_type(e) == OVLCP_EVENT_BEGIN && !r->o->explain &&
	    is_report(r, ovlcp_event_destination(e)))
		give_up(r, 0, "the copy goes on, and overwrites the report");
	record_builder_add(&r->builder, e);
}

/* A report that was unlinked meanwhile is lost when it is closed. */
static void check_is_linked(struct report *r)
{
	struct stat st;

	if (r->fd >= 0 && S_ISREG(r->st.st_mode) && r->st.st_nlink > 0 && fstat(r->fd, &st) == 0 &&
	    st.st_nlink == 0)
		give_up(r, 0, "the report was removed during the copy:");
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
	if (r->fd >= 0 && close(r->fd) != 0) {
		r->fd = -1;
		give_up(r, errno, "error closing the report");
	}
	r->fd = -1;
	if (r->failed)
		status = DIAG_FAILURE;
	report_free(r);
	return status;
}
