/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Splits the files of one size by what costs more and more: the hash of their beginnings, then that
 * of all they hold. Files that have the same blocks already are read once; a group in which all
 * have is not read at all, so that a second run only asks where they are.
 */
#include "dedupe/within.h"

#include "base/unsupported.h"
#include "dedupe/candidates.h"
#include "dedupe/refusal.h"
#include "dedupe/share_set.h"
#include "exec/data.h"
#include "probe/layer.h"
#include "sys/share.h"

#include <errno.h>
#include <stdlib.h>

/* The state of a call. */
struct within {
	struct dedupe_run *d;
	struct candidates files;
};

/* Files of one size, as a part of the list. */
struct group {
	struct candidate *list;
	size_t n;
};

static int compare_places(const void *x, const void *y)
{
	const struct candidate *a = x;
	const struct candidate *b = y;
	int r = (int)b->has_places - (int)a->has_places;

	if (r == 0)
		r = content_hash_compare(&a->places, &b->places);
	return r ? r : candidate_compare_names(a, b);
}

static int compare_hashes(const void *x, const void *y)
{
	const struct candidate *a = x;
	const struct candidate *b = y;
	int r = content_hash_compare(&a->hash, &b->hash);

	return r ? r : candidate_compare_names(a, b);
}

static bool has_same_places(const struct candidate *a, const struct candidate *b)
{
	return a->has_places && b->has_places && content_hash_compare(&a->places, &b->places) == 0;
}

/* Move those that are left out behind the others, and leave them out. */
static void compact(struct group *g)
{
	size_t kept = 0;

	for (size_t i = 0; i < g->n; i++) {
		struct candidate c = g->list[i];

		if (c.is_out)
			continue;
		g->list[i] = g->list[kept];
		g->list[kept++] = c;
	}
	g->n = kept;
}

/* Whether the filesystem of @f shares nothing, which is told once for each. */
static bool is_on_unable(struct within *w, const struct candidate *c, const struct opened *f)
{
	const char *top = w->files.tops[c->top].path;
	int r;

	if (dedupe_run_is_unable(w->d, c->dev))
		return true;
	r = sys_layer_probe(f->fd);
	if (!is_unsupported(r))
		return false;
	dedupe_run_add_unable(w->d, c->dev);
	(void)event_emit(w->d->events, &(struct ovlcp_event){
					       .type = OVLCP_EVENT_FAILED,
					       .src = top,
					       .dst = top,
					       .err = { -r, OVLCP_OP_DEDUPE_FILESYSTEM },
					       .dst_fs = session_fs_name(w->d->o, f->fd, true),
					       .outcome.reason = OVLCP_REASON_FILESYSTEM,
				       });
	if (w->d->first == 0)
		w->d->first = r;
	return true;
}

/* Whether @f is on a lower layer of an overlay, which is told. */
static bool is_lower(struct within *w, const struct opened *f)
{
	const enum ovlcp_layer layer = refusal_layer(w->d->o, f);

	if (layer != OVLCP_LAYER_LOWER && layer != OVLCP_LAYER_METADATA)
		return false;
	(void)event_emit(w->d->events, &(struct ovlcp_event){
					       .type = OVLCP_EVENT_SKIPPED,
					       .id = session_next_id(w->d->o),
					       .src = f->path,
					       .dst = f->path,
					       .err.op = OVLCP_OP_DEDUPE_LOWER,
				       }); /* no failure */
	return true;
}

/* Find out whether @c can share, and where its blocks are. */
static void examine(struct within *w, struct candidate *c)
{
	struct opened f;
	int r = 0;

	if (candidate_open(w->d, &w->files, c, &f)) {
		const bool is_overlay =
			layer_on_overlay(f.fd, session_mount_table, w->d->o) != ANSWER_NO;

		c->is_out = is_on_unable(w, c, &f) || (is_overlay && is_lower(w, &f));
		/* places of two layers may be those of two filesystems */
		if (!c->is_out && (!is_overlay || refusal_layer(w->d->o, &f) == OVLCP_LAYER_UPPER))
			r = content_hash_places(f.fd, c->size, c->dev, &c->places);
		if (r < 0)
			dedupe_run_fail(w->d, f.path, "", r, &(struct err){ -r, OVLCP_OP_READ });
		c->is_out = c->is_out || r < 0;
		c->has_places = r > 0;
	}
	candidate_close(&f);
}

/* Hash the first @len bytes of @c. */
static void hash(struct within *w, struct candidate *c, uint64_t len)
{
	void *buffer = session_buffer(w->d->o);
	struct opened f;

	if (candidate_open(w->d, &w->files, c, &f)) {
		int r = buffer ? content_hash_read(f.fd, len, buffer, w->d->o->cancelled, &c->hash)
			       : -ENOMEM;

		c->is_out = r < 0;
		if (r < 0)
			dedupe_run_fail(w->d, f.path, "", r, &(struct err){ -r, OVLCP_OP_READ });
	}
	candidate_close(&f);
}

/* Whether all have the same blocks. */
static bool is_shared(const struct group *g)
{
	for (size_t i = 1; i < g->n; i++)
		if (!has_same_places(&g->list[0], &g->list[i]))
			return false;
	return true;
}

/* Hash the first @len bytes of all; those that have the same blocks once. */
static void hash_all(struct within *w, struct group *g, uint64_t len)
{
	qsort(g->list, g->n, sizeof(*g->list), compare_places);
	for (size_t i = 0; i < g->n && !session_is_cancelled(w->d->o); i++) {
		struct candidate *c = &g->list[i];

		if (i > 0 && !c[-1].is_out && has_same_places(&c[-1], c))
			c->hash = c[-1].hash;
		else
			hash(w, c, len);
	}
	compact(g);
	qsort(g->list, g->n, sizeof(*g->list), compare_hashes);
}

/* The number of files from the first on that have one hash. */
static size_t run_of_hashes(const struct candidate *list, size_t n)
{
	size_t i = 1;

	while (i < n && content_hash_compare(&list[0].hash, &list[i].hash) == 0)
		i++;
	return i;
}

/* Bytes that the hash of the beginning is made of. */
#define HEAD EXEC_BUFFER_SIZE

/* Share what is equal in @g, of which the first @known bytes are. */
static void split(struct within *w, struct group g, uint64_t known)
{
	const uint64_t size = g.n ? g.list[0].size : 0;
	const uint64_t len = known == 0 && size > HEAD ? HEAD : size;

	if (g.n < 2 || session_is_cancelled(w->d->o))
		return;
	if (known == size || is_shared(&g)) {
		share_set(w->d, &w->files, g.list, g.n);
		return;
	}
	hash_all(w, &g, len);
	for (size_t i = 0; i < g.n;) {
		const size_t n = run_of_hashes(g.list + i, g.n - i);

		split(w, (struct group){ g.list + i, n }, len);
		i += n;
	}
}

/* The number of files from the first on that have one size. */
static size_t run_of_sizes(const struct candidate *list, size_t n)
{
	size_t i = 1;

	while (i < n && list[0].size == list[i].size)
		i++;
	return i;
}

void within_run(struct dedupe_run *d, int dir_fd, const char *const *dir, size_t n)
{
	struct within w = { .d = d };

	candidates_collect(d, dir_fd, dir, n, &w.files);
	for (size_t i = 0; i < w.files.count && !session_is_cancelled(d->o);) {
		struct group g = { w.files.list + i,
				   run_of_sizes(w.files.list + i, w.files.count - i) };

		i += g.n;
		for (size_t k = 0; g.n > 1 && k < g.n && !session_is_cancelled(d->o); k++)
			examine(&w, &g.list[k]);
		compact(&g);
		split(&w, g, 0);
	}
	candidates_done(&w.files);
}
