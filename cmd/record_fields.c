/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The table of fields, and how a value is taken from an event.
 *
 * A new field of the report is a row here (CONTRIBUTING.md has the recipe). A field whose accessor
 * in ovlcp.h takes more than the event needs a function above the table.
 */
#include "record_fields.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static bool has_data(const struct ovlcp_event *e)
{
	return *ovlcp_event_rule(e) != '\0';
}

static const char *reason_name(const struct ovlcp_event *e)
{
	const enum ovlcp_reason reason = ovlcp_event_reason(e);

	return reason == OVLCP_REASON_NONE ? "" : ovlcp_reason_name(reason);
}

static const char *layer_name(const struct ovlcp_event *e)
{
	return has_data(e) ? ovlcp_layer_name(ovlcp_event_layer(e)) : "";
}

static const char *source_fs(const struct ovlcp_event *e)
{
	return ovlcp_event_fs(e, OVLCP_SIDE_SOURCE);
}

static const char *destination_fs(const struct ovlcp_event *e)
{
	return ovlcp_event_fs(e, OVLCP_SIDE_DESTINATION);
}

static int source_on_overlay(const struct ovlcp_event *e)
{
	return ovlcp_event_on_overlay(e, OVLCP_SIDE_SOURCE);
}

static int destination_on_overlay(const struct ovlcp_event *e)
{
	return ovlcp_event_on_overlay(e, OVLCP_SIDE_DESTINATION);
}

static const char *verified(const struct ovlcp_event *e)
{
	return ovlcp_verified_name(ovlcp_event_verified(e));
}

static const char *fsync_name(const struct ovlcp_event *e)
{
	const enum ovlcp_fsync fsync = ovlcp_event_fsync(e);

	return fsync == OVLCP_FSYNC_FILE ? "file" : fsync == OVLCP_FSYNC_FS ? "fs" : "";
}

static int atomic(const struct ovlcp_event *e)
{
	return ovlcp_event_atomic(e);
}

const struct record_field record_fields[] = {
	{ "rule", RECORD_TEXT, .text = ovlcp_event_rule },
	{ "reason", RECORD_TEXT, .text = ovlcp_event_rule_text },
	{ "why", RECORD_TEXT, .text = reason_name },
	{ "layer", RECORD_TEXT, .text = layer_name },
	{ "source_fs", RECORD_FIRST_WORD, .text = source_fs },
	{ "destination_fs", RECORD_FIRST_WORD, .text = destination_fs },
	{ "source_on_overlay", RECORD_FLAG, .flag = source_on_overlay },
	{ "destination_on_overlay", RECORD_FLAG, .flag = destination_on_overlay },
	{ "destination_can_clone", RECORD_FLAG, .flag = ovlcp_event_can_clone },
	{ "atomic", RECORD_FLAG, .flag = atomic },
	{ "fsync", RECORD_TEXT, .text = fsync_name },
	{ "verified", RECORD_TEXT, .text = verified },
	{ "size", RECORD_NUMBER, .number = ovlcp_event_size },
	{ "bytes_written", RECORD_BYTES, .number = ovlcp_event_bytes_written },
	{ "bytes_shared", RECORD_BYTES, .number = ovlcp_event_bytes_shared },
	{ "bytes_hole", RECORD_BYTES, .number = ovlcp_event_bytes_hole },
	{ "bytes_copied_up", RECORD_BYTES, .number = ovlcp_event_bytes_copied_up },
	{ .key = NULL },
};

static_assert(sizeof(record_fields) / sizeof(*record_fields) <= RECORD_FIELDS_MAX + 1,
	      "raise RECORD_FIELDS_MAX");

static int read_text(struct record_value *v, const char *text, size_t len)
{
	*v = (struct record_value){ .is_known = len > 0, .text = len ? strndup(text, len) : NULL };
	return len && !v->text ? -ENOMEM : 0;
}

static int read_field(struct record_value *v, const struct record_field *f,
		      const struct ovlcp_event *e)
{
	int flag;

	switch (f->kind) {
	case RECORD_TEXT:
		return read_text(v, f->text(e), strlen(f->text(e)));
	case RECORD_FIRST_WORD:
		return read_text(v, f->text(e), strcspn(f->text(e), " "));
	case RECORD_FLAG:
		flag = f->flag(e);
		*v = (struct record_value){ .is_known = has_data(e) && flag >= 0,
					    .number = flag > 0 };
		break;
	case RECORD_NUMBER:
	case RECORD_BYTES:
		*v = (struct record_value){ .is_known = has_data(e), .number = f->number(e) };
		break;
	}
	return 0;
}

int record_fields_read(struct record_value values[RECORD_FIELDS_MAX], const struct ovlcp_event *e)
{
	int r = 0;

	record_fields_done(values);
	for (size_t i = 0; record_fields[i].key; i++)
		if (read_field(&values[i], &record_fields[i], e) < 0)
			r = -ENOMEM;
	return r;
}

void record_fields_done(struct record_value values[RECORD_FIELDS_MAX])
{
	for (size_t i = 0; i < RECORD_FIELDS_MAX; i++) {
		free(values[i].text);
		values[i].text = NULL;
	}
}
