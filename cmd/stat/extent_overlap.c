/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A sweep line over the physical offsets of each device: the edges of all extents divide it into
 * ranges, and each range has a set of files that hold it. Then the extents of every file are
 *divided along these ranges. Pure; device.c determines the devices.
 *
 *	file A  [=====]              device  |--A--|--AB--|--B--|
 *	file B     [=====]
 */
#include "extent_overlap.h"

#include "base/array.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>

/* A physical offset where an extent of a file begins or ends. */
struct edge {
	uint64_t at;
	unsigned int device;
	uint8_t file;
	bool begins;
};

/* A range of physical offsets, and the files that hold it. */
struct range {
	uint64_t start;
	uint64_t end;
	unsigned int device;
	uint32_t set;
};

/* Ranges by ascending device and start. */
struct ranges {
	struct range *list;
	size_t count;
};

/* Length of the extent within the size of the file. */
static uint64_t length_in(const struct overlap_file *f, const struct ovlcp_extent *e)
{
	if (e->logical >= f->size)
		return 0;
	return e->length < f->size - e->logical ? e->length : f->size - e->logical;
}

/* Whether the physical offset of the extent can be compared. */
static bool has_physical(const struct ovlcp_extent *e, uint64_t length)
{
	return e->known && length && e->physical <= UINT64_MAX - length;
}

/*
 * Length on the device. The length of a compressed extent there is smaller and not reported by
 * FIEMAP. But its physical offset is that of the compressed unit, so one byte represents the unit.
 */
static uint64_t length_on_device(const struct ovlcp_extent *e, uint64_t length)
{
	return e->encoded ? 1 : length;
}

static int compare_edges(const void *a, const void *b)
{
	const struct edge *x = a;
	const struct edge *y = b;

	if (x->device != y->device)
		return x->device < y->device ? -1 : 1;
	return x->at < y->at ? -1 : x->at > y->at;
}

static size_t list_edges(const struct overlap_file *files, size_t n, struct edge *edges)
{
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < files[i].extent_count; k++) {
			const struct ovlcp_extent *e = &files[i].extents[k];
			uint64_t length = length_in(&files[i], e);

			if (!has_physical(e, length))
				continue;
			edges[count++] =
				(struct edge){ e->physical, files[i].device, (uint8_t)i, true };
			edges[count++] = (struct edge){ e->physical + length_on_device(e, length),
							files[i].device, (uint8_t)i, false };
		}
	return count;
}

/* Append a range, or extend the last one if it continues that. */
static void add_range(struct ranges *r, struct range new)
{
	struct range *last = r->count ? &r->list[r->count - 1] : NULL;

	if (last && last->device == new.device && last->end == new.start && last->set == new.set)
		last->end = new.end;
	else
		r->list[r->count++] = new;
}

static void sweep(const struct edge *edges, size_t n, struct ranges *r)
{
	/* number of extents of each file that hold the current offset */
	size_t open_count[OVERLAP_FILES_MAX] = { 0 };
	uint32_t set = 0;

	for (size_t i = 0; i < n; i++) {
		const struct edge *e = &edges[i];

		if (set && e->at > edges[i - 1].at)
			add_range(r, (struct range){ edges[i - 1].at, e->at, e->device, set });
		if (e->begins)
			open_count[e->file]++;
		else
			open_count[e->file]--;
		if (open_count[e->file])
			set |= UINT32_C(1) << e->file;
		else
			set &= ~(UINT32_C(1) << e->file);
	}
}

static int find_ranges(const struct overlap_file *files, size_t n, struct ranges *r)
{
	struct edge *edges;
	size_t most = 0;

	for (size_t i = 0; i < n; i++)
		most += files[i].extent_count * 2;
	edges = calloc(most ? most : 1, sizeof(*edges));
	r->list = calloc(most ? most : 1, sizeof(*r->list));
	if (edges && r->list) {
		most = list_edges(files, n, edges);
		qsort(edges, most, sizeof(*edges), compare_edges);
		sweep(edges, most, r);
	}
	free(edges);
	return edges && r->list ? 0 : -ENOMEM;
}

/* The first range on @device that ends after @at. */
static const struct range *range_at(const struct ranges *r, unsigned int device, uint64_t at)
{
	size_t low = 0;
	size_t high = r->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct range *m = &r->list[middle];

		if (m->device < device || (m->device == device && m->end <= at))
			low = middle + 1;
		else
			high = middle;
	}
	return &r->list[low];
}

/* The pieces of a file while they are collected. */
struct piece_list {
	struct overlap_pieces *p;
	size_t room;
};

static int add_piece(struct piece_list *m, struct overlap_piece new)
{
	struct overlap_pieces *p = m->p;
	struct overlap_piece *last = p->count ? &p->list[p->count - 1] : NULL;

	if (last && last->kind == new.kind && last->set == new.set) {
		last->end = new.end;
		return 0;
	}
	if (array_grow(&p->list, &m->room, p->count, sizeof(*p->list)) < 0)
		return -ENOMEM;
	p->list[p->count++] = new;
	return 0;
}

static bool is_several(uint32_t set)
{
	return (set & (set - 1)) != 0;
}

static enum overlap_kind overlap_kind_of(uint32_t set, bool shared)
{
	return is_several(set) ? OVERLAP_COMMON
	       : shared	       ? OVERLAP_SHARED_ELSEWHERE
			       : OVERLAP_EXCLUSIVE;
}

/* A compressed extent is one piece, of the kind of its unit. */
static int add_compressed(struct piece_list *m, const struct ranges *r, unsigned int device,
			  const struct ovlcp_extent *e, uint64_t start, uint64_t length)
{
	uint32_t set = range_at(r, device, e->physical)->set;

	return add_piece(m, (struct overlap_piece){ start, start + length, set,
						    overlap_kind_of(set, e->shared) });
}

/* Add the pieces of @length bytes of the extent, from the file offset @start on. */
static int add_extent(struct piece_list *m, const struct ranges *r, unsigned int device,
		      const struct ovlcp_extent *e, uint64_t start, uint64_t length)
{
	uint64_t at = e->physical + (start - e->logical);
	uint64_t end = at + length;
	int status = 0;

	if (e->encoded)
		return add_compressed(m, r, device, e, start, length);
	for (const struct range *x = range_at(r, device, at); status == 0 && at < end; x++) {
		uint64_t stop = x->end < end ? x->end : end;

		/* every byte of an extent is in a range, because its edges made one */
		assert(x->start <= at && x->device == device);
		status = add_piece(m, (struct overlap_piece){ start, start + (stop - at), x->set,
							      overlap_kind_of(x->set, e->shared) });
		start += stop - at;
		at = stop;
	}
	return status;
}

static int add_file(const struct overlap_file *f, const struct ranges *r, struct overlap_pieces *p)
{
	struct piece_list m = { p, 0 };
	uint64_t at = 0;
	int status = 0;

	for (size_t k = 0; status == 0 && k < f->extent_count; k++) {
		const struct ovlcp_extent *e = &f->extents[k];
		uint64_t length = length_in(f, e);
		uint64_t start = e->logical > at ? e->logical : at; /* extents may overlap */
		uint64_t end = e->logical + length;

		if (end <= start)
			continue;
		if (start > at)
			status =
				add_piece(&m, (struct overlap_piece){ at, start, 0, OVERLAP_HOLE });
		if (status == 0 && has_physical(e, length))
			status = add_extent(&m, r, f->device, e, start, end - start);
		else if (status == 0)
			status = add_piece(
				&m, (struct overlap_piece){ start, end, 0, OVERLAP_UNKNOWN });
		at = end;
	}
	if (status == 0 && at < f->size)
		status = add_piece(&m, (struct overlap_piece){ at, f->size, 0,
							       f->has_extents ? OVERLAP_HOLE
									      : OVERLAP_UNKNOWN });
	return status;
}

static int compare_by_set(const void *a, const void *b)
{
	const struct overlap_set *x = a;
	const struct overlap_set *y = b;

	return x->set < y->set ? -1 : x->set > y->set;
}

static int compare_by_bytes(const void *a, const void *b)
{
	const struct overlap_set *x = a;
	const struct overlap_set *y = b;

	if (x->bytes != y->bytes)
		return x->bytes > y->bytes ? -1 : 1;
	return compare_by_set(a, b);
}

/* The first file of a set. */
static size_t first_of(uint32_t set)
{
	return (size_t)__builtin_ctz(set);
}

/* A set for every shared piece, counted in the first file of the set. @list: NULL only counts. */
static size_t list_sets(const struct overlap *s, size_t n, struct overlap_set *list)
{
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < s->pieces[i].count; k++) {
			const struct overlap_piece *p = &s->pieces[i].list[k];

			if (p->kind != OVERLAP_COMMON || first_of(p->set) != i)
				continue;
			if (list)
				list[count] = (struct overlap_set){ p->set, p->end - p->start };
			count++;
		}
	return count;
}

static int add_up_sets(struct overlap *s, size_t n)
{
	size_t count = list_sets(s, n, NULL);

	s->sets = calloc(count ? count : 1, sizeof(*s->sets));
	if (!s->sets)
		return -ENOMEM;
	list_sets(s, n, s->sets);
	qsort(s->sets, count, sizeof(*s->sets), compare_by_set);
	for (size_t i = 0; i < count; i++) {
		struct overlap_set *last = s->set_count ? &s->sets[s->set_count - 1] : NULL;

		if (last && last->set == s->sets[i].set)
			last->bytes += s->sets[i].bytes;
		else
			s->sets[s->set_count++] = s->sets[i];
	}
	qsort(s->sets, s->set_count, sizeof(*s->sets), compare_by_bytes);
	return 0;
}

int overlap_find(const struct overlap_file *files, size_t n, struct overlap *ret_s)
{
	struct ranges r = { NULL, 0 };
	int status;

	assert(n <= OVERLAP_FILES_MAX);
	*ret_s = (struct overlap){ .sets = NULL };
	status = find_ranges(files, n, &r);
	for (size_t i = 0; status == 0 && i < n; i++)
		status = add_file(&files[i], &r, &ret_s->pieces[i]);
	if (status == 0)
		status = add_up_sets(ret_s, n);
	free(r.list);
	return status;
}

void overlap_done(struct overlap *s)
{
	for (size_t i = 0; i < OVERLAP_FILES_MAX; i++)
		free(s->pieces[i].list);
	free(s->sets);
	*s = (struct overlap){ .sets = NULL };
}
