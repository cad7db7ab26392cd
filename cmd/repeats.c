/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A tree of thousands of files has the same message for most of them. The list has an entry for
 * each kind of message, of which there are few.
 */
#include "repeats.h"

#include "base/array.h"
#include "diag.h"

#include <inttypes.h>
#include <stdio.h>
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
	char *text;	/* about the first event; owned, NULL if memory was short */
	uint64_t files; /* events */
	uint64_t bytes; /* that they have written */
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

static struct repeat *find_repeat(const struct repeats *r, const struct repeat_key *key)
{
	for (size_t i = 0; i < r->count; i++)
		if (is_same_key(&r->list[i].key, key))
			return &r->list[i];
	return NULL;
}

bool repeats_add(struct repeats *r, const struct ovlcp_event *e,
		 char *(*text)(const struct ovlcp_event *e), const char **ret_first)
{
	const struct repeat_key key = key_of(e);
	struct repeat *found = find_repeat(r, &key);
	const bool is_first = !found;

	if (is_first && array_grow(&r->list, &r->room, r->count, sizeof(*r->list)) == 0) {
		found = &r->list[r->count++];
		*found = (struct repeat){ .key = key, .text = text(e) };
	}
	if (!found)
		return true;
	found->files++;
	found->bytes += ovlcp_event_bytes_written(e);
	if (ret_first)
		*ret_first = found->text;
	return is_first;
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

void repeats_print(const char *text, uint64_t files, uint64_t bytes)
{
	const uint64_t more = files - 1;
	char before[64];

	(void)bytes;
	(void)snprintf(before, sizeof(before), "the same for %" PRIu64 " more file%s: ", more,
		       more == 1 ? "" : "s");
	diag_message(before, text);
}

void repeats_finish(struct repeats *r, repeats_print_fn *print)
{
	for (size_t i = 0; i < r->count; i++) {
		if (print && r->list[i].files > 1)
			print(r->list[i].text, r->list[i].files, r->list[i].bytes);
		free(r->list[i].text);
	}
	free(r->list);
	free(r->unreadable);
	*r = (struct repeats){ .list = NULL };
}
