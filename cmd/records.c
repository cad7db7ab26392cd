/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the library tells of a destination comes in several events, which follow one another;
 * only between the beginning and the end of a directory there are those of other files.
 *
 * So there is one record at hand. When an event is about another file, it is complete, or it is
 * a directory and waits. What ended well or was left alone is complete at once, a failure is
 * not: a backup may get its name again, and attributes fail one by one.
 */
#include "record.h"

#include "messages.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* A copy of @text; of nothing, nothing. */
static char *keep(struct records *rs, const char *text)
{
	char *copy = *text ? strdup(text) : NULL;

	rs->incomplete = rs->incomplete || (*text && !copy);
	return copy;
}

/* The type of a filesystem; for people its label follows. */
static char *keep_type(struct records *rs, const char *fs)
{
	char *type = keep(rs, fs);

	if (type)
		type[strcspn(type, " ")] = '\0';
	return type;
}

static struct record *record_new(struct records *rs, const struct ovlcp_event *e)
{
	struct record *r = calloc(1, sizeof(*r));

	if (r) {
		r->source = strdup(ovlcp_event_source(e));
		r->destination = strdup(ovlcp_event_destination(e));
	}
	if (!r || !r->source || !r->destination) {
		rs->incomplete = true;
		record_free(r);
		return NULL;
	}
	return r;
}

/* Hand over a record that is complete. */
static void emit(struct records *rs, struct record *r)
{
	/* a directory that somebody moved away */
	if (r->begun && !r->ended && !record_is_fault(&r->error)) {
		r->error.error = ECANCELED;
		r->error.message = keep(rs, "not completed");
	}
	if (record_is_fault(&r->error))
		r->status = RECORD_FAILED;
	rs->fn(r, rs->payload);
	record_free(r);
}

static size_t length(const char *path)
{
	size_t len = strlen(path);

	while (len > 1 && path[len - 1] == '/')
		len--;
	return len;
}

/* At the end of a directory slashes after its name are gone. */
static bool is_same(const char *a, const char *b)
{
	size_t len = length(a);

	return len == length(b) && memcmp(a, b, len) == 0;
}

/* Whether @e is about the destination of @r; some events name the source only. */
static bool is_about(const struct record *r, const struct ovlcp_event *e)
{
	const char *dst = ovlcp_event_destination(e);

	return is_same(r->source, ovlcp_event_source(e)) &&
	       (!*dst || !*r->destination || is_same(r->destination, dst));
}

/* Whether @e goes on with @r, the record at hand. */
static bool goes_on(const struct record *r, const struct ovlcp_event *e)
{
	enum ovlcp_event_type type = ovlcp_event_type(e);

	if (!is_about(r, e))
		return false;
	/* a source that fails twice before there is a destination was named twice */
	if (r->ended && (!*r->destination || type == OVLCP_EVENT_BEGIN))
		return type == OVLCP_EVENT_COPIED;
	return true;
}

static void push(struct records *rs, struct record *r)
{
	if (rs->count == rs->room) {
		size_t room = rs->room ? rs->room * 2 : 16;
		struct record **open = reallocarray(rs->open, room, sizeof(*open));

		if (!open) {
			rs->incomplete = true;
			emit(rs, r);
			return;
		}
		rs->open = open;
		rs->room = room;
	}
	rs->open[rs->count++] = r;
}

/* The record at hand is at hand no more. */
static void put_away(struct records *rs)
{
	struct record *r = rs->current;

	rs->current = NULL;
	if (r && r->begun && !r->ended)
		push(rs, r); /* a directory: other files follow */
	else if (r)
		emit(rs, r);
}

/* The innermost directory that @e is about, taken out; or NULL. */
static struct record *take(struct records *rs, const struct ovlcp_event *e)
{
	for (size_t i = rs->count; i-- > 0;) {
		struct record *r = rs->open[i];

		if (!is_about(r, e))
			continue;
		memmove(rs->open + i, rs->open + i + 1,
			(--rs->count - i) * sizeof(struct record *));
		return r;
	}
	return NULL;
}

/* The record that @e is about, at hand; NULL if memory is short. */
static struct record *at_hand(struct records *rs, const struct ovlcp_event *e)
{
	enum ovlcp_event_type type = ovlcp_event_type(e);

	if (rs->current && goes_on(rs->current, e))
		return rs->current;
	put_away(rs);
	if (type != OVLCP_EVENT_BEGIN && type != OVLCP_EVENT_REMOVED)
		rs->current = take(rs, e);
	if (!rs->current)
		rs->current = record_new(rs, e);
	return rs->current;
}

/* A record that began with an event without a destination has one now. */
static void name_destination(struct records *rs, struct record *r, const struct ovlcp_event *e)
{
	char *dst = *r->destination ? NULL : strdup(ovlcp_event_destination(e));

	if (dst) {
		free(r->destination);
		r->destination = dst;
	} else if (!*r->destination) {
		rs->incomplete = true;
	}
}

static struct record_fault fault_of(struct records *rs, const struct ovlcp_event *e)
{
	locale_t before = uselocale(rs->locale);
	struct record_fault f = {
		.op = ovlcp_event_op(e),
		.error = ovlcp_event_errno(e),
		.message = message_of_event(e),
	};

	uselocale(before);
	rs->incomplete = rs->incomplete || !f.message;
	return f;
}

static void warn(struct records *rs, struct record *r, const struct ovlcp_event *e)
{
	struct record_fault *more =
		reallocarray(r->warnings, r->warning_count + 1, sizeof(*r->warnings));

	if (!more) {
		rs->incomplete = true;
		return;
	}
	r->warnings = more;
	r->warnings[r->warning_count++] = fault_of(rs, e);
}

/* What is known of the data. */
static void fill(struct records *rs, struct record *r, const struct ovlcp_event *e)
{
	free(r->row);
	free(r->row_text);
	free(r->source_fs);
	free(r->destination_fs);
	r->row = keep(rs, ovlcp_event_row(e));
	r->row_text = keep(rs, ovlcp_event_row_text(e));
	r->source_fs = keep_type(rs, ovlcp_event_fs(e, OVLCP_SIDE_SOURCE));
	r->destination_fs = keep_type(rs, ovlcp_event_fs(e, OVLCP_SIDE_DESTINATION));
	r->method = ovlcp_event_method(e);
	r->reason = ovlcp_event_reason(e);
	r->layer = ovlcp_event_layer(e);
	r->source_on_overlay = ovlcp_event_on_overlay(e, OVLCP_SIDE_SOURCE);
	r->destination_on_overlay = ovlcp_event_on_overlay(e, OVLCP_SIDE_DESTINATION);
	r->can_clone = ovlcp_event_can_clone(e);
	r->size = ovlcp_event_size(e);
	r->written = ovlcp_event_bytes_written(e);
	r->shared = ovlcp_event_bytes_shared(e);
	r->hole = ovlcp_event_bytes_hole(e);
	r->copied_up = ovlcp_event_bytes_copied_up(e);
	r->refusal.op = ovlcp_event_refusal_op(e);
	r->refusal.error = ovlcp_event_refusal_errno(e);
}

/* Whether a directory goes on after this failure. */
static bool goes_on_after(enum ovlcp_op op)
{
	return op == OVLCP_OP_READ_DIRECTORY || op == OVLCP_OP_INTO_ITSELF;
}

static void fail(struct records *rs, struct record *r, const struct ovlcp_event *e)
{
	if (record_is_fault(&r->error)) {
		warn(rs, r, e); /* one more of the same file */
	} else {
		r->error = fault_of(rs, e);
		if (*ovlcp_event_row(e))
			fill(rs, r, e);
	}
	r->ended = r->ended || !r->begun || !goes_on_after(ovlcp_event_op(e));
}

static void complete(struct records *rs, struct record *r, const struct ovlcp_event *e,
		     enum record_status status)
{
	fill(rs, r, e);
	if (ovlcp_event_type(e) == OVLCP_EVENT_PARENT_CREATED)
		r->method = OVLCP_METHOD_DIRECTORY;
	r->status = status;
	r->ended = true;
	if (status == RECORD_SKIPPED && ovlcp_event_op(e) != OVLCP_OP_NONE)
		warn(rs, r, e); /* a check that skipped it */
	rs->current = NULL;
	emit(rs, r);
}

/* All places of a directory that cannot be read are concerned. */
static bool fail_open(struct records *rs, const struct ovlcp_event *e)
{
	bool any = false;

	if (ovlcp_event_op(e) != OVLCP_OP_READ_DIRECTORY)
		return false;
	put_away(rs);
	for (size_t i = 0; i < rs->count; i++) {
		if (!is_about(rs->open[i], e))
			continue;
		fail(rs, rs->open[i], e);
		any = true;
	}
	return any;
}

static void name_backup(struct records *rs, struct record *r, const struct ovlcp_event *e)
{
	free(r->backup);
	r->backup = keep(rs, ovlcp_event_other(e));
}

static void begin(struct records *rs, struct record *r, const struct ovlcp_event *e)
{
	r->begun = true;
	r->begin_ns = ovlcp_event_time_ns(e);
	name_backup(rs, r, e);
}

void records_event(struct records *rs, const struct ovlcp_event *e)
{
	enum ovlcp_event_type type = ovlcp_event_type(e);
	struct record *r;

	if (type == OVLCP_EVENT_FAILED && fail_open(rs, e))
		return;
	r = at_hand(rs, e);
	if (!r)
		return;
	name_destination(rs, r, e);
	r->end_ns = ovlcp_event_time_ns(e);
	switch (type) {
	case OVLCP_EVENT_BEGIN:
		begin(rs, r, e);
		break;
	case OVLCP_EVENT_COPIED:
		complete(rs, r, e, RECORD_COPIED);
		break;
	case OVLCP_EVENT_PLANNED:
		complete(rs, r, e, RECORD_PLANNED);
		break;
	case OVLCP_EVENT_SKIPPED:
		complete(rs, r, e, RECORD_SKIPPED);
		break;
	case OVLCP_EVENT_PARENT_CREATED:
		complete(rs, r, e, RECORD_COPIED);
		break;
	case OVLCP_EVENT_REMOVED:
		r->removed = true;
		break;
	case OVLCP_EVENT_RESTORED:
		r->restored = true;
		name_backup(rs, r, e);
		break;
	case OVLCP_EVENT_WARNING:
		warn(rs, r, e);
		break;
	case OVLCP_EVENT_FAILED:
		fail(rs, r, e);
		break;
	}
}

void records_end(struct records *rs)
{
	if (rs->current)
		emit(rs, rs->current);
	rs->current = NULL;
	while (rs->count > 0)
		emit(rs, rs->open[--rs->count]);
	free(rs->open);
	rs->open = NULL;
}
