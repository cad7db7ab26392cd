/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a record owns, and the words for its status. The fields that a table lists are
 * record_fields.c's.
 */
#include "record.h"

#include <stdlib.h>

const char *record_status_name(enum record_status status)
{
	static const char *const names[RECORD_STATUSES] = {
		[RECORD_COPIED] = "copied",   [RECORD_SKIPPED] = "skipped",
		[RECORD_FAILED] = "failed",   [RECORD_PLANNED] = "planned",
		[RECORD_DEDUPED] = "deduped",
	};

	return names[status];
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
	record_fields_done(r->values);
	free(r);
}

bool record_is_fault(const struct record_fault *f)
{
	return f->op != OVLCP_OP_NONE || f->error != 0;
}
