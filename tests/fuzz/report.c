/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From events to the lines of a report (cmd/record_builder.c, report_json.c, report_tsv.c,
 * summary.c). The input are a few names, and events about them in any order. Names of filesystems
 * are printable, as ovlcp_event_fs says.
 *
 * Each record is one line of JSON, which libjansson reads, in ASCII and with every key; and one
 * line of text, whose fields are separated by tabs, and in which nothing controls a terminal. Names
 * come back from both, byte by byte. Each completion is one record, no failure and no warning is
 * lost, a record with an error has failed, and the sums are those of the records.
 */
#include "input.h"
#include "names.h"

#include "errname.h"
#include "model/event.h"
#include "record_builder.h"
#include "report_json.h"
#include "report_tsv.h"

#include <errno.h>
#include <jansson.h>

#define NAMES_MAX  4
#define EVENTS_MAX 24

struct check {
	struct json *json;
	struct summary summary;
	uint64_t records;
	uint64_t faults;
};

static char *names[NAMES_MAX];

static const char *pick_name(struct input *in)
{
	unsigned int i = input_below(in, NAMES_MAX + 1);

	return i < NAMES_MAX ? names[i] : "";
}

static struct ovlcp_event read_event(struct input *in)
{
	static const char *const rows[] = { "", "clone", "range", "read-write" };
	const char *row = rows[input_below(in, 4)];
	static const char *const filesystems[] = { "", "ext4", "xfs (label a b)", "fuse.sshfs" };
	unsigned int known = input_below(in, 3);
	/* the rows that have everything, the others little: most events have few fields */
	struct ovlcp_event e = { .type = input_below(in, OVLCP_EVENT_DEDUPED + 1),
				 .id = input_below(in, 5),
				 .src = names[input_below(in, NAMES_MAX)],
				 .dst = pick_name(in),
				 .other = pick_name(in),
				 .src_fs = filesystems[input_below(in, 4)],
				 .dst_fs = filesystems[input_below(in, 4)],
				 .err = { input_below(in, 140), input_below(in, OVLCP_OP_COUNT) },
				 .time_ns = input_number(in),
				 .outcome = { .rule = row, .rule_text = *row ? "why" : "" } };

	/* a failure has an errno, or a check that failed */
	if (e.type == OVLCP_EVENT_FAILED && !e.err.code && !e.err.op)
		e.err.code = EIO;
	if (known == 0)
		return e;
	e.outcome.method = input_below(in, OVLCP_METHOD_COUNT);
	e.outcome.reason = input_below(in, OVLCP_REASON_COUNT);
	e.outcome.written = input_number(in);
	e.outcome.shared = input_number(in);
	e.outcome.can_clone = (int)input_below(in, 3) - 1;
	e.outcome.refusal = (struct err){ input_below(in, 140), input_below(in, OVLCP_OP_COUNT) };
	e.copied_up = input_number(in);
	e.hole = input_number(in);
	e.size = input_number(in);
	e.layer = input_below(in, OVLCP_LAYER_COUNT);
	e.src_on_overlay = input_flag(in);
	e.dst_on_overlay = input_flag(in);
	return e;
}

/* A line of printable ASCII; with @utf8 also of other characters, and of tabs. */
static void check_line(const char *line, size_t len, bool is_text)
{
	must(len > 0 && strlen(line) == len && strchr(line, '\n') == line + len - 1);
	for (const char *c = line; *c != '\n'; c++)
		must((*c >= ' ' && *c < 0x7f) || (is_text && *c == '\t'));
}

/* Compare an object for a name; null for NULL. */
static void check_name(const json_t *o, const char *key, const char *want)
{
	const json_t *name = json_object_get(o, key);
	const char *path = json_string_value(json_object_get(name, "path"));
	const char *encoded = json_string_value(json_object_get(name, "path_b64"));
	char *bytes = encoded ? unbase64(encoded) : NULL;

	must(name);
	if (!want)
		must(json_is_null(name));
	else
		must(json_object_size(name) == 1 && !path != !bytes &&
		     strcmp(path ? path : bytes, want) == 0);
	free(bytes);
}

static void check_number(const json_t *o, const char *key, uint64_t want)
{
	const json_t *number = json_object_get(o, key);

	must(json_is_integer(number));
	must((uint64_t)json_integer_value(number) == (want < INT64_MAX ? want : INT64_MAX));
}

static void check_fault(const json_t *fault, const struct record_fault *want)
{
	must(fault);
	if (!record_is_fault(want)) {
		must(json_is_null(fault));
		return;
	}
	must(strcmp(json_string_value(json_object_get(fault, "op")), ovlcp_op_name(want->op)) == 0);
	check_number(fault, "errno", (uint64_t)want->error);
}

static json_t *parse_line(const char *line, size_t len)
{
	json_t *o = json_loads(line, JSON_REJECT_DUPLICATES, NULL);

	check_line(line, len, false);
	must(json_is_object(o));
	must(json_object_get(o, "schema") && json_object_get(o, "type"));
	return o;
}

static void check_json(struct check *c, const struct record *r)
{
	char *line = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&line, &len);
	json_t *o;

	must(out && report_json_file(c->json, r, out) == 0 && fclose(out) == 0);
	o = parse_line(line, len);
	check_name(o, "source", r->source);
	check_name(o, "destination", *r->destination ? r->destination : NULL);
	check_name(o, "backup", r->backup);
	check_fault(json_object_get(o, "error"), &r->error);
	check_fault(json_object_get(o, "refusal"), &r->refusal);
	must(json_array_size(json_object_get(o, "warnings")) == r->warning_count);
	for (size_t i = 0; i < r->warning_count; i++)
		if (record_is_fault(&r->warnings[i]))
			check_fault(json_array_get(json_object_get(o, "warnings"), i),
				    &r->warnings[i]);
	for (size_t i = 0; record_fields[i].key; i++)
		must(json_object_get(o, record_fields[i].key));
	must((strcmp(json_string_value(json_object_get(o, "status")), "failed") == 0) ==
	     record_is_fault(&r->error));
	json_decref(o);
	free(line);
}

/* Compare the quoted name at @at. Returns the byte behind it. */
static const char *check_quoted(const char *at, const char *want)
{
	const char *end = at + 1;
	char *name;

	if (!*want) {
		must(*at == '-');
		return end;
	}
	name = unquote(at, &end);
	must(strcmp(name, want) == 0);
	free(name);
	return end;
}

static void check_tsv(const struct record *r)
{
	char *line = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&line, &len);
	const char *at;

	must(out);
	report_tsv_file(r, out);
	must(fclose(out) == 0);
	check_line(line, len, true);
	at = line + strlen(record_status_name(r->status));
	must(*at++ == '\t');
	at += strlen(ovlcp_method_name(r->method));
	must(*at++ == '\t');
	at = check_quoted(at, r->source);
	must(*at++ == '\t');
	at = check_quoted(at, r->destination);
	must(*at == '\t' || *at == '\n');
	/* the other fields have keys */
	for (; *at == '\t'; at += strcspn(at, "\t\n")) {
		at++;
		must(strcspn(at, "=") < strcspn(at, "\t\n"));
	}
	free(line);
}

static void check_record(const struct record *r, void *payload)
{
	struct check *c = payload;

	must(r->source && r->destination && r->status < RECORD_STATUSES);
	c->records++;
	c->faults += r->warning_count + record_is_fault(&r->error);
	summary_add(&c->summary, r);
	check_json(c, r);
	check_tsv(r);
}

static void check_summary(struct check *c)
{
	char *line = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&line, &len);
	uint64_t all = 0;
	json_t *o;

	c->summary.kernel = "6.18.0";
	must(out && report_json_summary(c->json, &c->summary, out) == 0 && fclose(out) == 0);
	o = parse_line(line, len);
	for (int i = 0; i < RECORD_STATUSES; i++)
		all += c->summary.status[i];
	must(all == c->records);
	check_number(o, "warnings", c->summary.warnings);
	json_decref(o);
	free(line);
	line = NULL;
	out = open_memstream(&line, &len);
	must(out);
	report_tsv_summary(&c->summary, out);
	must(fclose(out) == 0);
	check_line(line, len, true);
	free(line);
}

static bool completes(const struct ovlcp_event *e)
{
	return e->type == OVLCP_EVENT_COPIED || e->type == OVLCP_EVENT_PLANNED ||
	       e->type == OVLCP_EVENT_SKIPPED || e->type == OVLCP_EVENT_PARENT_CREATED ||
	       e->type == OVLCP_EVENT_DEDUPED;
}

static bool is_fault(const struct ovlcp_event *e)
{
	return (e->type == OVLCP_EVENT_FAILED || e->type == OVLCP_EVENT_WARNING) &&
	       (e->err.code || e->err.op);
}

static void run_events(struct input *in, struct check *c, struct record_builder *b)
{
	uint64_t completions = 0;
	uint64_t faults = 0;

	for (size_t i = 0; in->left && i < EVENTS_MAX; i++) {
		struct ovlcp_event e = read_event(in);

		completions += completes(&e);
		faults += is_fault(&e);
		record_builder_add(b, &e);
	}
	record_builder_finish(b);
	must(!b->incomplete);
	must(c->records >= completions && c->faults >= faults);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct json *json;
	struct input in = { data, size };
	struct check c = { 0 };
	struct record_builder b = { .fn = check_record, .payload = &c };

	must(json || json_open(&json) == 0);
	c.json = json;
	for (size_t i = 0; i < NAMES_MAX; i++)
		names[i] = input_text(&in);
	run_events(&in, &c, &b);
	check_summary(&c);
	for (size_t i = 0; i < NAMES_MAX; i++)
		free(names[i]);
	return 0;
}
