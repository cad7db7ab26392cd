/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Prints records as JSON. docs/report.schema.json and man/ovl-cp-report.5 describe the objects.
 *
 * Every key is in every object; a value that is unknown or does not apply is null.
 */
#include "report_json.h"

#include "errname.h"

/* Version of the format: of the keys, their types and their meaning. */
#define REPORT_SCHEMA 1

static void put_text_or_null(struct json *j, struct json_t *o, const char *key, const char *text)
{
	if (text)
		json_put_text(j, o, key, text);
	else
		json_put_null(j, o, key);
}

static void put_name_or_null(struct json *j, struct json_t *o, const char *key, const char *name)
{
	if (name && *name)
		json_put_name(j, o, key, name);
	else
		json_put_null(j, o, key);
}

static void put_number_or_null(struct json *j, struct json_t *o, const char *key, bool known,
			       uint64_t number)
{
	if (known)
		json_put_number(j, o, key, number);
	else
		json_put_null(j, o, key);
}

/* An object for a failure, with the message that standard error got. */
static struct json_t *new_fault(struct json *j, const struct record_fault *f)
{
	struct json_t *o = json_new_object(j);

	json_put_text(j, o, "op", ovlcp_op_name(f->op));
	json_put_number(j, o, "errno", (uint64_t)f->error);
	put_text_or_null(j, o, "errname", errname(f->error));
	if (f->message)
		json_put_text(j, o, "message", f->message);
	return o;
}

static void put_fault_or_null(struct json *j, struct json_t *o, const char *key,
			      const struct record_fault *f)
{
	if (record_is_fault(f))
		json_put(j, o, key, new_fault(j, f));
	else
		json_put_null(j, o, key);
}

static void put_warnings(struct json *j, struct json_t *o, const struct record *r)
{
	struct json_t *list = json_new_array(j);

	for (size_t i = 0; i < r->warning_count; i++)
		json_append(j, list, new_fault(j, &r->warnings[i]));
	json_put(j, o, "warnings", list);
}

static void put_value_or_null(struct json *j, struct json_t *o, const struct record_field *f,
			      const struct record_value *v)
{
	switch (f->kind) {
	case RECORD_TEXT:
	case RECORD_FIRST_WORD:
		put_text_or_null(j, o, f->key, v->text);
		break;
	case RECORD_FLAG:
		if (v->is_known)
			json_put_bool(j, o, f->key, v->number);
		else
			json_put_null(j, o, f->key);
		break;
	case RECORD_NUMBER:
		put_number_or_null(j, o, f->key, v->is_known, v->number);
		break;
	case RECORD_BYTES:
		json_put_number(j, o, f->key, v->number);
		break;
	}
}

/* An object with the keys that both kinds of lines begin with. */
static struct json_t *new_line(struct json *j, const char *type)
{
	struct json_t *o = json_new_object(j);

	json_put_number(j, o, "schema", REPORT_SCHEMA);
	json_put_text(j, o, "type", type);
	return o;
}

int report_json_file(struct json *j, const struct record *r, FILE *out)
{
	struct json_t *o = new_line(j, "file");

	json_put_text(j, o, "status", record_status_name(r->status));
	json_put_name(j, o, "source", r->source);
	put_name_or_null(j, o, "destination", r->destination);
	json_put_text(j, o, "method", ovlcp_method_name(r->method));
	for (size_t i = 0; record_fields[i].key; i++)
		put_value_or_null(j, o, &record_fields[i], &r->values[i]);
	put_fault_or_null(j, o, "refusal", &r->refusal);
	put_fault_or_null(j, o, "error", &r->error);
	put_warnings(j, o, r);
	put_name_or_null(j, o, "backup", r->backup);
	json_put_bool(j, o, "restored", r->restored);
	json_put_bool(j, o, "removed", r->removed);
	put_number_or_null(j, o, "duration_ns", r->begun, r->end_ns - r->begin_ns);
	return json_print(j, o, out);
}

static void put_counts(struct json *j, struct json_t *o, const struct summary *s)
{
	struct json_t *status = json_new_object(j);
	struct json_t *method = json_new_object(j);

	for (int i = 0; i < RECORD_STATUSES; i++)
		json_put_number(j, status, record_status_name((enum record_status)i), s->status[i]);
	for (int i = 0; i < OVLCP_METHOD_COUNT; i++)
		json_put_number(j, method, ovlcp_method_name((enum ovlcp_method)i), s->method[i]);
	json_put(j, o, "status", status);
	json_put(j, o, "method", method);
	json_put_number(j, o, "warnings", s->warnings);
	for (size_t i = 0; record_fields[i].key; i++)
		if (record_fields[i].kind == RECORD_BYTES)
			json_put_number(j, o, record_fields[i].key, s->sums[i]);
}

int report_json_summary(struct json *j, const struct summary *s, FILE *out)
{
	struct json_t *o = new_line(j, "summary");

	json_put_text(j, o, "version", ovlcp_version());
	json_put_text(j, o, "kernel", s->kernel);
	put_counts(j, o, s);
	put_number_or_null(j, o, "exit_status", s->signal == 0, (uint64_t)s->exit_status);
	put_number_or_null(j, o, "signal", s->signal != 0, (uint64_t)s->signal);
	json_put_number(j, o, "duration_ns", s->duration_ns);
	return json_print(j, o, out);
}
