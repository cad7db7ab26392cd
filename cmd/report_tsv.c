/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Prints records as lines for people and logs: STATUS, METHOD, SOURCE, DESTINATION, and then
 * KEY=VALUE for all that is known, with the keys of the JSON.
 *
 * File names are quoted as in messages, so that none can hold a tab or a newline.
 */
#include "report_tsv.h"

#include "errname.h"
#include "quote.h"

#include <inttypes.h>
#include <stdlib.h>

/* Print a field: @before, then @name quoted, or "-" for "". */
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

static void put_value(FILE *out, const struct record_field *f, const struct record_value *v)
{
	switch (f->kind) {
	case RECORD_TEXT:
	case RECORD_FIRST_WORD:
		put_text(out, f->key, v->text);
		break;
	case RECORD_FLAG:
		if (v->is_known)
			put_yes_or_no(out, f->key, v->number);
		break;
	case RECORD_NUMBER:
		if (v->is_known)
			put_number(out, f->key, v->number);
		break;
	case RECORD_BYTES:
		put_number(out, f->key, v->number);
		break;
	}
}

void report_tsv_file(const struct record *r, FILE *out)
{
	fprintf(out, "%s\t%s", record_status_name(r->status), ovlcp_method_name(r->method));
	put_name(out, "", r->source);
	put_name(out, "", r->destination);
	for (size_t i = 0; record_fields[i].key; i++)
		put_value(out, &record_fields[i], &r->values[i]);
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
	fprintf(out, "summary\tversion=%s\tkernel=%s", ovlcp_version(), s->kernel);
	for (int i = 0; i < RECORD_STATUSES; i++)
		put_number(out, record_status_name((enum record_status)i), s->status[i]);
	for (int i = 0; i < OVLCP_METHOD_COUNT; i++)
		if (s->method[i])
			put_number(out, ovlcp_method_name((enum ovlcp_method)i), s->method[i]);
	put_number(out, "warnings", s->warnings);
	for (size_t i = 0; record_fields[i].key; i++)
		if (record_fields[i].kind == RECORD_BYTES)
			put_number(out, record_fields[i].key, s->sums[i]);
	if (s->signal)
		put_number(out, "signal", (uint64_t)s->signal);
	else
		put_number(out, "exit_status", (uint64_t)s->exit_status);
	put_number(out, "duration_ns", s->duration_ns);
	fputc('\n', out);
}
