/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Collects what FIEMAP lists. What the extents of two files have in common is not decided here.
 */
#include "exec/extent_list.h"

#include "base/array.h"
#include "sys/pages.h"

/* A list, and where it ends. */
struct collection {
	struct extent_list *l;
	uint64_t end;
};

static int add_extent(const struct sys_extent *e, void *payload)
{
	const struct collection *c = payload;
	struct extent_list *l = c->l;
	struct sys_extent part = *e;
	int r = 0;

	if (e->logical >= c->end)
		return 0;
	if (part.length > c->end - e->logical)
		part.length = c->end - e->logical;
	r = array_grow(&l->list, &l->room, l->count, sizeof(*l->list));
	if (r == 0)
		l->list[l->count++] = part;
	return r;
}

int extent_list_read(int fd, uint64_t end, struct extent_list *l)
{
	struct collection c = { l, end };
	int r = sys_write_out(fd);

	return r < 0 ? r : sys_extents(fd, add_extent, &c);
}

void extent_list_done(struct extent_list *l)
{
	free(l->list);
	*l = (struct extent_list){ 0 };
}
