/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Accessors of events: one function for each field, so that the structure can grow without a change
 * of the ABI; and copies that a program keeps. ovlcp.h documents them.
 */
#include "model/event.h"
#include "session/event_copy.h"

#include <errno.h>
#include <stdlib.h>

int ovlcp_event_dup(const struct ovlcp_event *e, struct ovlcp_event **ret_e)
{
	struct ovlcp_event *copy = malloc(sizeof(*copy) + event_copy_size(e));

	if (!copy)
		return -ENOMEM;
	event_copy(e, copy, (char *)(copy + 1));
	*ret_e = copy;
	return 0;
}

struct ovlcp_event *ovlcp_event_free(struct ovlcp_event *e)
{
	free(e);
	return NULL;
}

uint64_t ovlcp_event_id(const struct ovlcp_event *e)
{
	return e->id;
}

enum ovlcp_event_type ovlcp_event_type(const struct ovlcp_event *e)
{
	return e->type;
}

const char *ovlcp_event_source(const struct ovlcp_event *e)
{
	return e->src;
}

const char *ovlcp_event_destination(const struct ovlcp_event *e)
{
	return e->dst;
}

int ovlcp_event_errno(const struct ovlcp_event *e)
{
	return e->err.code;
}

enum ovlcp_op ovlcp_event_op(const struct ovlcp_event *e)
{
	return e->err.op;
}

int ovlcp_event_refusal_errno(const struct ovlcp_event *e)
{
	return e->outcome.refusal.code;
}

enum ovlcp_op ovlcp_event_refusal_op(const struct ovlcp_event *e)
{
	return e->outcome.refusal.op;
}

enum ovlcp_method ovlcp_event_method(const struct ovlcp_event *e)
{
	return e->outcome.method;
}

const char *ovlcp_event_rule(const struct ovlcp_event *e)
{
	return e->outcome.rule;
}

const char *ovlcp_event_rule_text(const struct ovlcp_event *e)
{
	return e->outcome.rule_text;
}

enum ovlcp_reason ovlcp_event_reason(const struct ovlcp_event *e)
{
	return e->outcome.reason;
}

uint64_t ovlcp_event_bytes_written(const struct ovlcp_event *e)
{
	return e->outcome.written;
}

uint64_t ovlcp_event_bytes_shared(const struct ovlcp_event *e)
{
	return e->outcome.shared;
}

uint64_t ovlcp_event_bytes_copied_up(const struct ovlcp_event *e)
{
	return e->copied_up;
}

int ovlcp_event_copy_up_errno(const struct ovlcp_event *e)
{
	return e->outcome.copy_up_error;
}

uint64_t ovlcp_event_time_ns(const struct ovlcp_event *e)
{
	return e->time_ns;
}

uint64_t ovlcp_event_bytes_hole(const struct ovlcp_event *e)
{
	return e->hole;
}

uint64_t ovlcp_event_size(const struct ovlcp_event *e)
{
	return e->size;
}

enum ovlcp_layer ovlcp_event_layer(const struct ovlcp_event *e)
{
	return e->layer;
}

bool ovlcp_event_on_overlay(const struct ovlcp_event *e, enum ovlcp_side side)
{
	return side == OVLCP_SIDE_SOURCE ? e->src_on_overlay : e->dst_on_overlay;
}

dev_t ovlcp_event_device(const struct ovlcp_event *e, enum ovlcp_side side)
{
	return side == OVLCP_SIDE_SOURCE ? e->src_dev : e->dst_dev;
}

int ovlcp_event_can_clone(const struct ovlcp_event *e)
{
	return e->outcome.can_clone;
}

const char *ovlcp_event_other(const struct ovlcp_event *e)
{
	return e->other;
}

mode_t ovlcp_event_mode(const struct ovlcp_event *e)
{
	return e->mode;
}

const char *ovlcp_event_fs(const struct ovlcp_event *e, enum ovlcp_side side)
{
	return side == OVLCP_SIDE_SOURCE ? e->src_fs : e->dst_fs;
}

enum ovlcp_verified ovlcp_event_verified(const struct ovlcp_event *e)
{
	return e->verified;
}

uint64_t ovlcp_event_offset(const struct ovlcp_event *e)
{
	return e->offset;
}

bool ovlcp_event_atomic(const struct ovlcp_event *e)
{
	return e->atomic;
}

enum ovlcp_fsync ovlcp_event_fsync(const struct ovlcp_event *e)
{
	return e->fsync;
}
