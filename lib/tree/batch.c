/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A batch is a copy of its own, rooted in one directory at the source and at each destination,
 * which it holds by descriptors of its own. Only new directories are filled this way: there is
 * nothing in them to be asked about, set aside or written through, and the order of files does
 * not matter.
 *
 * What needs the memory of the whole copy, or is not what the directory said it was, is left for
 * the walk's own thread: files with several links, and what cannot be opened.
 */
#include "tree/batch.h"

#include "base/fd.h"
#include "plan/file_kind.h"
#include "pool/pool.h"
#include "session/emit.h"
#include "session/event_queue.h"
#include "sys/descriptor.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Files in a batch; the threads should be done at about the same time. */
#define BATCH_MAX 32

/* Destinations that get descriptors for every batch. */
#define DESTS_MAX 4

/* Names, one after the other. */
struct names {
	char *text;
	size_t len;
	size_t room;
	size_t count;
};

struct batch {
	struct pool_task task;
	struct copy copy;
	struct ovlcp *o; /* of the walk */
	struct names names;
	struct names left; /* for the walk's thread */
	struct event_queue told;
	int failed;
};

static int names_add(struct names *n, const char *name)
{
	size_t size = strlen(name) + 1;

	if (n->len + size > n->room) {
		size_t room = (n->len + size) * 2;
		char *text = realloc(n->text, room);

		if (!text)
			return -ENOMEM;
		n->text = text;
		n->room = room;
	}
	memcpy(n->text + n->len, name, size);
	n->len += size;
	n->count++;
	return 0;
}

/* A stack of one directory, with a descriptor of its own. */
static int root_at(struct dirstack *s, int fd, const struct stat *st)
{
	int copy = sys_dup(fd);

	s->window = 1;
	return copy < 0 ? copy : dirstack_push(s, copy, st);
}

static int root_dest(struct dest *d, const struct dest *from)
{
	const struct dest_level *level = &from->levels[dest_depth(from) - 1];
	int r = root_at(&d->dirs, dirstack_top(&from->dirs), &level->target.st);

	d->levels = r == 0 ? calloc(1, sizeof(*d->levels)) : NULL;
	if (r < 0 || !d->levels)
		return r < 0 ? r : -ENOMEM;
	d->levels[0] = (struct dest_level){ .inherits = level->inherits };
	d->levels[0].target =
		(struct target){ .fd = -EBADF, .created = true, .st = level->target.st };
	d->named_len = from->named_len;
	d->copied_map = from->copied_map;
	return pathbuf_set(&d->path, from->path.text);
}

static int root_copy(struct copy *b, const struct copy *c)
{
	int r = root_at(&b->dirs, dirstack_top(&c->dirs), &c->levels[c->dirs.depth - 1].st);

	b->dests = r == 0 ? calloc(c->q->n, sizeof(*b->dests)) : NULL;
	if (r == 0)
		r = b->dests ? pathbuf_set(&b->path, c->path.text) : -ENOMEM;
	for (size_t i = 0; r == 0 && i < c->q->n; i++) {
		b->dests[i].would_exist_at = -EBADF;
		b->dests[i].lost = !dest_is_open(c, &c->dests[i]);
		if (!b->dests[i].lost)
			r = root_dest(&b->dests[i], &c->dests[i]);
	}
	return r;
}

static void batch_free(struct batch *b)
{
	for (size_t i = 0; b->copy.dests && i < b->copy.q->n; i++) {
		dirstack_done(&b->copy.dests[i].dirs);
		free(b->copy.dests[i].levels);
		pathbuf_done(&b->copy.dests[i].path);
	}
	free(b->copy.dests);
	inodeset_done(&b->copy.finished);
	dirstack_done(&b->copy.dirs);
	pathbuf_done(&b->copy.path);
	free(b->names.text);
	free(b->left.text);
	free(b);
}

/* Copy one file; @look: also what is none any more, or has links. 1: leave it for the walk. */
static int copy_one(struct batch *b, const char *name, bool look)
{
	struct copy *c = &b->copy;
	size_t len = c->path.len;
	struct source src = {
		.at_fd = dirstack_top(&c->dirs),
		.name = name,
		.follow = plan_follows(c->opt, false),
	};
	struct err err;
	int r = pathbuf_push(&c->path, name);

	if (r < 0)
		return emit_copy_error(c, "", &(struct err){ -r, OVLCP_OP_NONE });
	src.path = c->path.text;
	if (look) {
		r = source_stat(&src, &err);
		if (r == 0 && S_ISDIR(src.st.st_mode))
			err = (struct err){ ESTALE, OVLCP_OP_SOURCE_REPLACED };
		r = r < 0 || S_ISDIR(src.st.st_mode) ? emit_copy_error(c, "", &err)
						     : file_copy(c, &src, name);
		source_close(&src);
	} else if (source_open_file(&src) < 0) {
		r = 1;
	} else {
		r = may_have_link_peer(c, &src) ? 1 : file_copy(c, &src, name);
		source_close(&src);
	}
	pathbuf_cut(&c->path, len);
	return r;
}

static void copy_all(struct batch *b, const struct names *names, bool look)
{
	const char *name = names->text;

	for (size_t i = 0; i < names->count; i++, name += strlen(name) + 1) {
		int r = is_cancelled(b->copy.o) ? -ECANCELED : copy_one(b, name, look);

		if (r > 0)
			r = names_add(&b->left, name);
		b->failed = b->failed ? b->failed : r;
	}
}

static void work(struct pool_task *t, struct ovlcp *o)
{
	struct batch *b = (struct batch *)t;

	b->copy.o = o;
	o->told = &b->told;
	copy_all(b, &b->names, false);
	o->told = NULL;
}

static int end(struct pool_task *t)
{
	struct batch *b = (struct batch *)t;
	int r;

	event_queue_flush(&b->told, b->o->on_event, b->o->event_payload);
	b->copy.o = b->o;
	copy_all(b, &b->left, true);
	r = b->failed;
	batch_free(b);
	return r;
}

bool batch_is_possible(const struct copy_request *q)
{
	const struct ovlcp_options *opt = q->opt;

	return (opt->flags & OVLCP_RECURSIVE) && q->n <= DESTS_MAX &&
	       opt->make == OVLCP_MAKE_COPIES && opt->existing != OVLCP_EXISTING_ASK &&
	       opt->follow != OVLCP_FOLLOW_ALL && !(opt->flags & OVLCP_DRY_RUN);
}

bool batch_is_allowed(const struct copy *c)
{
	for (size_t i = 0; i < c->q->n; i++) {
		const struct dest *p = &c->dests[i];

		if (dest_is_open(c, p) && !p->levels[dest_depth(p) - 1].target.created)
			return false;
	}
	return true;
}

int batch_add(struct copy *c, const char *name)
{
	struct batch *b = c->batch;
	int r = 0;

	if (!b) {
		b = calloc(1, sizeof(*b));
		if (!b)
			return -ENOMEM;
		b->task = (struct pool_task){ .work = work, .end = end };
		b->copy = (struct copy){ .q = c->q, .opt = c->opt };
		b->o = c->o;
		r = root_copy(&b->copy, c);
	}
	if (r == 0)
		r = names_add(&b->names, name);
	if (r < 0 && !c->batch)
		batch_free(b);
	if (r < 0)
		return r;
	c->batch = b;
	if (b->names.count >= BATCH_MAX)
		batch_close(c);
	return 0;
}

void batch_close(struct copy *c)
{
	struct batch *b = c->batch;

	c->batch = NULL;
	if (b)
		pool_submit(c->pool, &b->task);
}
