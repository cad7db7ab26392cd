/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Collects the events about one destination, which have one number, in one record. They come one
 * after the other; only between the first and the last event of a directory are those of the files
 * in it. An event without a number is a record of its own.
 *
 * So there is one current record. An event about another file completes it; if it is an unfinished
 * directory, it is pushed on a stack instead. A success or a skip completes a record at once. A
 * failure does not: the backup may be restored after it, and attributes fail one by one.
 */
#include "record_builder.h"

#include "base/array.h"
#include "messages.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* A copy of @text; NULL for "". */
static char *copy_text(struct record_builder *b, const char *text)
{
	char *copy = *text ? strdup(text) : NULL;

	b->incomplete = b->incomplete || (*text && !copy);
	return copy;
}

static struct record *record_new(struct record_builder *b, const struct ovlcp_event *e)
{
	struct record *r = calloc(1, sizeof(*r));

	if (r) {
		r->id = ovlcp_event_id(e);
		r->source = strdup(ovlcp_event_source(e));
		r->destination = strdup(ovlcp_event_destination(e));
	}
	if (!r || !r->source || !r->destination) {
		b->incomplete = true;
		record_free(r);
		return NULL;
	}
	return r;
}

/* Pass a complete record on, and free it. */
static void emit_record(struct record_builder *b, struct record *r)
{
	/* a directory whose end never came: it was moved away during the copy */
	if (r->begun && !r->ended && !record_is_fault(&r->error)) {
		r->error.error = ECANCELED;
		r->error.message = copy_text(b, "not completed");
	}
	if (record_is_fault(&r->error))
		r->status = RECORD_FAILED;
	b->fn(r, b->payload);
	record_free(r);
}

/* Whether @e belongs to @r, the current record. A destination that failed as a link, and is begun
   as a copy then, has two. */
static bool continues(const struct record *r, const struct ovlcp_event *e)
{
	return r->id && r->id == ovlcp_event_id(e) &&
	       !(r->ended && ovlcp_event_type(e) == OVLCP_EVENT_BEGIN);
}

static void push_open(struct record_builder *b, struct record *r)
{
	if (array_grow(&b->open, &b->room, b->count, sizeof(*b->open)) < 0) {
		b->incomplete = true;
		emit_record(b, r);
		return;
	}
	b->open[b->count++] = r;
}

/* Whether other events of the record follow those of other files: it is a directory. */
static bool is_open(const struct record *r)
{
	return !r->ended && (r->begun || record_is_fault(&r->error));
}

/* Retire the current record: emit it, or push it if it is an unfinished directory. */
static void retire_current(struct record_builder *b)
{
	struct record *r = b->current;

	b->current = NULL;
	if (r && is_open(r))
		push_open(b, r);
	else if (r)
		emit_record(b, r);
}

/* Remove from the stack the unfinished directory with the number @id, and return it; or NULL. */
static struct record *pop_open(struct record_builder *b, uint64_t id)
{
	for (size_t i = b->count; i-- > 0;) {
		struct record *r = b->open[i];

		if (r->id != id)
			continue;
		memmove(b->open + i, b->open + i + 1, (--b->count - i) * sizeof(struct record *));
		return r;
	}
	return NULL;
}

/* Make the record that @e is about the current one. Returns it; NULL if memory is short. */
static struct record *select_record(struct record_builder *b, const struct ovlcp_event *e)
{
	if (b->current && continues(b->current, e))
		return b->current;
	retire_current(b);
	if (ovlcp_event_id(e))
		b->current = pop_open(b, ovlcp_event_id(e));
	if (!b->current)
		b->current = record_new(b, e);
	return b->current;
}

/* Set the destination, if the first event of the record had none. */
static void set_destination(struct record_builder *b, struct record *r, const struct ovlcp_event *e)
{
	char *dst = *r->destination ? NULL : strdup(ovlcp_event_destination(e));

	if (dst) {
		free(r->destination);
		r->destination = dst;
	} else if (!*r->destination) {
		b->incomplete = true;
	}
}

static struct record_fault make_fault(struct record_builder *b, const struct ovlcp_event *e)
{
	locale_t before = uselocale(b->locale);
	struct record_fault f = {
		.op = ovlcp_event_op(e),
		.error = ovlcp_event_errno(e),
		.message = message_of_event(e),
	};

	uselocale(before);
	b->incomplete = b->incomplete || !f.message;
	return f;
}

static void add_warning(struct record_builder *b, struct record *r, const struct ovlcp_event *e)
{
	if (array_grow(&r->warnings, &r->warning_room, r->warning_count, sizeof(*r->warnings)) < 0)
		b->incomplete = true;
	else
		r->warnings[r->warning_count++] = make_fault(b, e);
}

/* Set what is known of the data. */
static void set_data(struct record_builder *b, struct record *r, const struct ovlcp_event *e)
{
	if (record_fields_read(r->values, e) < 0)
		b->incomplete = true;
	r->method = ovlcp_event_method(e);
	r->refusal.op = ovlcp_event_refusal_op(e);
	r->refusal.error = ovlcp_event_refusal_errno(e);
}

/* Whether the copy of a directory goes on after this failure. */
static bool is_followed_by_more(enum ovlcp_op op)
{
	return op == OVLCP_OP_READ_DIRECTORY || op == OVLCP_OP_INTO_ITSELF;
}

static void add_failure(struct record_builder *b, struct record *r, const struct ovlcp_event *e)
{
	if (record_is_fault(&r->error)) {
		add_warning(b, r, e); /* a further failure of the same file */
	} else {
		r->error = make_fault(b, e);
		if (*ovlcp_event_rule(e))
			set_data(b, r, e);
	}
	r->ended = r->ended || !is_followed_by_more(ovlcp_event_op(e));
}

static void complete(struct record_builder *b, struct record *r, const struct ovlcp_event *e,
		     enum record_status status)
{
	set_data(b, r, e);
	if (ovlcp_event_type(e) == OVLCP_EVENT_PARENT_CREATED)
		r->method = OVLCP_METHOD_DIRECTORY;
	r->status = status;
	r->ended = true;
	if (status == RECORD_SKIPPED && ovlcp_event_op(e) != OVLCP_OP_NONE)
		add_warning(b, r, e); /* a check that skipped it */
	b->current = NULL;
	emit_record(b, r);
}

static void set_backup_name(struct record_builder *b, struct record *r, const struct ovlcp_event *e)
{
	free(r->backup);
	r->backup = copy_text(b, ovlcp_event_other(e));
}

static void begin_record(struct record_builder *b, struct record *r, const struct ovlcp_event *e)
{
	r->begun = true;
	r->begin_ns = ovlcp_event_time_ns(e);
	set_backup_name(b, r, e);
}

void record_builder_add(struct record_builder *b, const struct ovlcp_event *e)
{
	struct record *r = select_record(b, e);

	if (!r)
		return;
	set_destination(b, r, e);
	r->end_ns = ovlcp_event_time_ns(e);
	switch (ovlcp_event_type(e)) {
	case OVLCP_EVENT_BEGIN:
		begin_record(b, r, e);
		break;
	case OVLCP_EVENT_COPIED:
	case OVLCP_EVENT_COPIED_UP:
		complete(b, r, e, RECORD_COPIED);
		break;
	case OVLCP_EVENT_PLANNED:
		complete(b, r, e, RECORD_PLANNED);
		break;
	case OVLCP_EVENT_SKIPPED:
		complete(b, r, e, RECORD_SKIPPED);
		break;
	case OVLCP_EVENT_PARENT_CREATED:
		complete(b, r, e, b->is_dry ? RECORD_PLANNED : RECORD_COPIED);
		break;
	case OVLCP_EVENT_DEDUPED:
		complete(b, r, e, RECORD_DEDUPED);
		break;
	case OVLCP_EVENT_REMOVED:
		r->removed = true;
		break;
	case OVLCP_EVENT_RESTORED:
		r->restored = true;
		set_backup_name(b, r, e);
		break;
	case OVLCP_EVENT_WARNING:
		add_warning(b, r, e);
		break;
	case OVLCP_EVENT_FAILED:
		add_failure(b, r, e);
		break;
	}
}

void record_builder_finish(struct record_builder *b)
{
	if (b->current)
		emit_record(b, b->current);
	b->current = NULL;
	while (b->count > 0)
		emit_record(b, b->open[--b->count]);
	free(b->open);
	b->open = NULL;
}
