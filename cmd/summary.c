/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Counts records for the summary. A new field of kind RECORD_BYTES needs no change here.
 */
#include "summary.h"

void summary_add(struct summary *s, const struct record *r)
{
	s->status[r->status]++;
	if (r->status == RECORD_COPIED || r->status == RECORD_PLANNED ||
	    r->status == RECORD_DEDUPED)
		s->method[r->method < OVLCP_METHOD_COUNT ? r->method : OVLCP_METHOD_NONE]++;
	s->warnings += r->warning_count;
	for (size_t i = 0; record_fields[i].key; i++)
		if (record_fields[i].kind == RECORD_BYTES)
			s->sums[i] += r->values[i].number;
}
