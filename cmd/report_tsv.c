/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Records as lines for people and logs: STATUS, METHOD, SOURCE, DESTINATION, and then NAME=VALUE
 * for what is known, with the names that the objects in JSON have.
 *
 * Names are quoted as in messages, so that no name can hold a tab or a newline.
 */
#include "report_format.h"

#include "errname.h"
#include "quote.h"

#include <inttypes.h>
#include <stdlib.h>

static void put_name(FILE *out, const char *before, const char *name)
{
	char *quoted = *name ? quote(name) : NULL;

	fprintf(out, "\t%s%s", before, quoted ? quoted : "-");
	free(quoted);
}

static void put_text(FILE *out, const char *key, const char *text)
{
	if (text)
		fprintf(out, "\t%s=%s", key, text);
}

static void put_number(FILE *out, const char *key, uint64_t number)
{
	fprintf(out, "\t%s=%" PRIu64, key, number);
}

static void put_yes_or_no(FILE *out, const char *key, bool yes)
{
	put_text(out, key, yes ? "yes" : "no");
}

static void put_fault(FILE *out, const char *key, const struct record_fault *f)
{
	const char *name = errname(f->error);

	if (!record_is_fault(f))
		return;
	fprintf(out, "\t%s=%s", key, ovlcp_op_name(f->op));
	if (name)
		fprintf(out, ":%s", name);
	else if (f->error)
		fprintf(out, ":%d", f->error);
	if (f->message)
		fprintf(out, ": %s", f->message);
}

static void put_data(FILE *out, const struct record *r)
{
	if (r->row) {
		put_text(out, "row", r->row);
		put_text(out, "reason", r->row_text);
		put_text(out, "why",
			 r->reason == OVLCP_REASON_NONE ? NULL : ovlcp_reason_name(r->reason));
		put_text(out, "layer", ovlcp_layer_name(r->layer));
		put_text(out, "source_fs", r->source_fs);
		put_text(out, "destination_fs", r->destination_fs);
		put_yes_or_no(out, "source_on_overlay", r->source_on_overlay);
		put_yes_or_no(out, "destination_on_overlay", r->destination_on_overlay);
		if (r->can_clone >= 0)
			put_yes_or_no(out, "destination_can_clone", r->can_clone);
		put_number(out, "size", r->size);
	}
	put_number(out, "bytes_written", r->written);
	put_number(out, "bytes_shared", r->shared);
	put_number(out, "bytes_hole", r->hole);
	put_number(out, "bytes_copied_up", r->copied_up);
}

void report_tsv_file(const struct record *r, FILE *out)
{
	fprintf(out, "%s\t%s", record_status_name(r->status), ovlcp_method_name(r->method));
	put_name(out, "", r->source);
	put_name(out, "", r->destination);
	put_data(out, r);
	put_fault(out, "refusal", &r->refusal);
	put_fault(out, "error", &r->error);
	for (size_t i = 0; i < r->warning_count; i++)
		put_fault(out, "warning", &r->warnings[i]);
	if (r->backup)
		put_name(out, "backup=", r->backup);
	if (r->restored)
		put_yes_or_no(out, "restored", true);
	if (r->removed)
		put_yes_or_no(out, "removed", true);
	if (r->begun)
		put_number(out, "duration_ns", r->end_ns - r->begin_ns);
	fputc('\n', out);
}

void report_tsv_summary(const struct summary *s, FILE *out)
{
	const struct totals *t = s->totals;

	fprintf(out, "summary\tversion=%s\tkernel=%s", ovlcp_version(), s->kernel);
	for (int i = 0; i < RECORD_STATUSES; i++)
		put_number(out, record_status_name((enum record_status)i), t->status[i]);
	for (int i = 0; i < OVLCP_METHOD_COUNT; i++)
		if (t->method[i])
			put_number(out, ovlcp_method_name((enum ovlcp_method)i), t->method[i]);
	put_number(out, "warnings", t->warnings);
	put_number(out, "bytes_written", t->written);
	put_number(out, "bytes_shared", t->shared);
	put_number(out, "bytes_hole", t->hole);
	put_number(out, "bytes_copied_up", t->copied_up);
	if (s->signal)
		put_number(out, "signal", (uint64_t)s->signal);
	else
		put_number(out, "exit_status", (uint64_t)s->exit_status);
	put_number(out, "duration_ns", s->duration_ns);
	fputc('\n', out);
}
