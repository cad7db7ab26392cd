/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * They are on standard error, as those of dd: standard output may be a report, or read by a script.
 */
#include "stats.h"

#include "diag.h"
#include "human.h"

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define NS_PER_SECOND 1e9
#define NS_PER_MS     UINT64_C(1000000)

/* What is counted, in the order of printing. */
static const struct {
	enum ovlcp_event_type type;
	bool is_directory;
	const char *one;
	const char *more;
} kinds[STATS_COUNTS] = {
	{ OVLCP_EVENT_COPIED, false, "copied", "copied" },
	{ OVLCP_EVENT_COPIED, true, "directory", "directories" },
	{ OVLCP_EVENT_COPIED_UP, false, "copied up", "copied up" },
	{ OVLCP_EVENT_DEDUPED, false, "equal", "equal" },
	{ OVLCP_EVENT_SKIPPED, false, "left alone", "left alone" },
	{ OVLCP_EVENT_FAILED, false, "error", "errors" },
};

void stats_event(struct stats *s, const struct ovlcp_event *e)
{
	const enum ovlcp_event_type type = ovlcp_event_type(e);
	const bool is_directory =
		type == OVLCP_EVENT_COPIED && ovlcp_event_method(e) == OVLCP_METHOD_DIRECTORY;

	/* the signal that stopped the copy is no error of its own */
	if (type == OVLCP_EVENT_FAILED && ovlcp_event_errno(e) == ECANCELED)
		return;
	for (size_t i = 0; i < STATS_COUNTS; i++)
		s->counts[i] += kinds[i].type == type && kinds[i].is_directory == is_directory;
	s->shared += ovlcp_event_bytes_shared(e);
	s->written += ovlcp_event_bytes_written(e);
	s->copied_up += ovlcp_event_bytes_copied_up(e);
}

static void print_files(const struct stats *s)
{
	const char *before = "";

	fputs("files: ", stderr);
	for (size_t i = 0; i < STATS_COUNTS; i++) {
		const uint64_t n = s->counts[i];

		if (n == 0)
			continue;
		fprintf(stderr, "%s%" PRIu64 " %s", before, n,
			n == 1 ? kinds[i].one : kinds[i].more);
		before = ", ";
	}
	fputs(*before ? "\n" : "none\n", stderr);
}

static void print_bytes(const struct stats *s)
{
	char shared[HUMAN_SIZE_MAX];
	char written[HUMAN_SIZE_MAX];
	char copied_up[HUMAN_SIZE_MAX];

	fprintf(stderr, "data:  %s shared, %s written, %s copied up\n",
		human_size(s->shared, shared), human_size(s->written, written),
		human_size(s->copied_up, copied_up));
}

static void print_time(const struct stats *s, uint64_t time_ns, int number)
{
	const double seconds = (double)time_ns / NS_PER_SECOND;
	const uint64_t ms = (time_ns + NS_PER_MS / 2) / NS_PER_MS;
	char rate[HUMAN_SIZE_MAX];

	/* no floating point, whose form depends on the locale */
	fprintf(stderr, "time:  %" PRIu64 ".%03u s", ms / 1000, (unsigned int)(ms % 1000));
	if (s->written > 0 && time_ns > 0)
		fprintf(stderr, ", %s/s written",
			human_size((uint64_t)((double)s->written / seconds), rate));
	if (number)
		fprintf(stderr, ", ended by a signal (%s)", strsignal(number));
	fputc('\n', stderr);
}

void stats_print(const struct stats *s, uint64_t time_ns, int number)
{
	fflush(stdout); /* keep the order of both streams */
	diag_note_stdout();
	print_files(s);
	print_bytes(s);
	print_time(s, time_ns, number);
}
