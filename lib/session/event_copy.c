/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The strings of an event that belong to its emitter. Those of the rule are static.
 */
#include "session/event_copy.h"

#include <string.h>

#define STRINGS 5

static void list_strings(struct ovlcp_event *e, const char **ret_list[STRINGS])
{
	ret_list[0] = &e->src;
	ret_list[1] = &e->dst;
	ret_list[2] = &e->other;
	ret_list[3] = &e->src_fs;
	ret_list[4] = &e->dst_fs;
}

size_t event_copy_size(const struct ovlcp_event *e)
{
	struct ovlcp_event copy = *e;
	const char **list[STRINGS];
	size_t size = 0;

	list_strings(&copy, list);
	for (int i = 0; i < STRINGS; i++)
		size += strlen(*list[i]) + 1;
	return size;
}

void event_copy(const struct ovlcp_event *e, struct ovlcp_event *ret_e, char *strings)
{
	const char **list[STRINGS];

	*ret_e = *e;
	list_strings(ret_e, list);
	for (int i = 0; i < STRINGS; i++) {
		const char *from = *list[i];

		*list[i] = strings;
		strings = stpcpy(strings, from) + 1;
	}
}
