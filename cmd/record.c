/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a record is, and sums of them. How they come about is in records.c.
 */
#include "record.h"

#include <stdlib.h>
#include <time.h>

const char *record_status_name(enum record_status status)
{
	static const char *const names[RECORD_STATUSES] = {
		[RECORD_COPIED] = "copied",
		[RECORD_SKIPPED] = "skipped",
		[RECORD_FAILED] = "failed",
		[RECORD_PLANNED] = "planned",
	};

	return names[status];
}

uint64_t record_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

void totals_add(struct totals *t, const struct record *r)
{
	t->status[r->status]++;
	if (r->status == RECORD_COPIED || r->status == RECORD_PLANNED)
		t->method[r->method < OVLCP_METHOD_COUNT ? r->method : OVLCP_METHOD_NONE]++;
	t->warnings += r->warning_count;
	t->written += r->written;
	t->shared += r->shared;
	t->hole += r->hole;
	t->copied_up += r->copied_up;
}

void record_free(struct record *r)
{
	if (!r)
		return;
	for (size_t i = 0; i < r->warning_count; i++)
		free(r->warnings[i].message);
	free(r->warnings);
	free(r->error.message);
	free(r->source);
	free(r->destination);
	free(r->backup);
	free(r->row);
	free(r->row_text);
	free(r->source_fs);
	free(r->destination_fs);
	free(r);
}

bool record_is_fault(const struct record_fault *f)
{
	return f->op != OVLCP_OP_NONE || f->error != 0;
}
