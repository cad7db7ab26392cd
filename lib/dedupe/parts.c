/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Walks through two lists of extents side by side.
 *
 * A place on the device that is not known, or that of a compressed extent, which does not tell
 * which part of it a file uses, proves nothing: the kernel is asked again about these. The lists
 * may be out of date when they are used; then something is not shared, or asked for in vain.
 */
#include "dedupe/parts.h"

#include "base/minmax.h"

#include <stdbool.h>

/* The first extent of @l that does not end at or before @off, from index *@at on; NULL if none. */
static const struct sys_extent *find(const struct extent_list *l, size_t *at, uint64_t off)
{
	while (*at < l->count && l->list[*at].logical + l->list[*at].length <= off)
		(*at)++;
	return *at < l->count ? &l->list[*at] : NULL;
}

/* Whether @a and @b, which both contain @off, have the same block there. */
static bool is_same_block(const struct sys_extent *a, const struct sys_extent *b, uint64_t off)
{
	return a->known && b->known && !a->encoded && !b->encoded && a->has_data && b->has_data &&
	       a->physical + (off - a->logical) == b->physical + (off - b->logical);
}

/* The kind of the part that begins at @off; *@end, its end at most, is lowered to that. */
static enum part_kind kind_at(struct parts *p, uint64_t off, uint64_t *end)
{
	const struct sys_extent *d = find(p->dst, &p->dst_at, off);
	const struct sys_extent *s = find(p->src, &p->src_at, off);
	const bool has_src = s && s->logical <= off;

	if (!d || d->logical > off) {
		*end = d ? min_u64(*end, d->logical) : *end;
		return PART_NO_BLOCKS;
	}
	*end = min_u64(*end, d->logical + d->length);
	if (!d->has_data)
		return PART_NO_BLOCKS;
	if (s)
		*end = min_u64(*end, has_src ? s->logical + s->length : s->logical);
	return has_src && is_same_block(s, d, off) ? PART_SHARED : PART_BLOCKS;
}

int parts_next(struct parts *p, struct exec_part *ret_part, enum part_kind *ret_kind)
{
	struct exec_part part = { p->at, p->size };

	if (p->at >= p->size)
		return 0;
	*ret_kind = kind_at(p, part.begin, &part.end);
	while (part.end < p->size) {
		uint64_t end = p->size;

		if (kind_at(p, part.end, &end) != *ret_kind)
			break;
		part.end = end;
	}
	p->at = part.end;
	*ret_part = part;
	return 1;
}
