/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A tree of thousands of files has the same message for most of them. The list has an entry for
 * each kind of message, of which there are few.
 */
#include "repeats.h"

#include "base/array.h"
#include "diag.h"

#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

/* What is equal in messages that are alike. */
struct repeat_key {
	enum ovlcp_event_type type;
	enum ovlcp_op op;
	int error;
	enum ovlcp_reason reason;
	dev_t src;
	dev_t dst;
};

struct repeat {
	struct repeat_key key;
	char *text;    /* of the first message; owned, NULL if memory was short */
	uint64_t more; /* messages after the first */
};

static struct repeat_key key_of(const struct ovlcp_event *e)
{
	return (struct repeat_key){
		ovlcp_event_type(e),
		ovlcp_event_op(e),
		ovlcp_event_errno(e),
		ovlcp_event_reason(e),
		ovlcp_event_device(e, OVLCP_SIDE_SOURCE),
		ovlcp_event_device(e, OVLCP_SIDE_DESTINATION),
	};
}

static bool is_same_key(const struct repeat_key *a, const struct repeat_key *b)
{
	return a->type == b->type && a->op == b->op && a->error == b->error &&
	       a->reason == b->reason && a->src == b->src && a->dst == b->dst;
}

bool repeats_add(struct repeats *r, const struct ovlcp_event *e,
		 char *(*text)(const struct ovlcp_event *e))
{
	const struct repeat_key key = key_of(e);

	for (size_t i = 0; i < r->count; i++)
		if (is_same_key(&r->list[i].key, &key)) {
			r->list[i].more++;
			return false;
		}
	if (array_grow(&r->list, &r->room, r->count, sizeof(*r->list)) == 0)
		r->list[r->count++] = (struct repeat){ .key = key, .text = text(e) };
	return true;
}

bool repeats_unreadable(struct repeats *r, const struct ovlcp_event *e)
{
	const char *path = ovlcp_event_source(e);

	if (ovlcp_event_op(e) != OVLCP_OP_READ_DIRECTORY)
		return false;
	if (r->unreadable && strcmp(r->unreadable, path) == 0)
		return true;
	free(r->unreadable);
	r->unreadable = strdup(path); /* without memory it is said once more */
	return false;
}

void repeats_finish(struct repeats *r)
{
	for (size_t i = 0; i < r->count; i++) {
		if (r->list[i].more)
			diag_repeated(r->list[i].text, r->list[i].more);
		free(r->list[i].text);
	}
	free(r->list);
	free(r->unreadable);
	*r = (struct repeats){ .list = NULL };
}
