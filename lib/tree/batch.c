/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A batch is a copy of its own, rooted in one directory at the source and at each destination,
 * which it holds by descriptors of its own. Only new directories are filled this way: there is
 * nothing in them to be asked about, set aside or written through, and the order of files does
 * not matter.
 *
 * Files with several links need the memory of the whole copy; they, and what cannot be opened or
 * is not a regular file any more, are left to the walk's own thread.
 */
#include "tree/batch.h"

#include "base/fd.h"
#include "base/pathbuf.h"
#include "copy/dest.h"
#include "file/file.h"
#include "plan/file_kind.h"
#include "sys/descriptor.h"
#include "walk/dirstack.h"

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
	/* session of the walk, and what it copies */
	struct ovlcp *o;
	const struct copy_request *q;
	/* the directory: at the source by an own descriptor, its path, at each destination */
	int src_fd;
	char *path;
	struct dest *dests;
	struct names names;
	/* for the walk's thread */
	struct names left;
	struct event_queue events;
	/* the first -errno */
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

static void batch_free(struct batch *b)
{
	copy_dests_free(b->dests, b->q->n);
	fd_drop(&b->src_fd);
	free(b->path);
	free(b->names.text);
	free(b->left.text);
	free(b);
}

/* Copy a file that is none any more, has several links or cannot be opened, or say why not. */
static int copy_left(struct copy *c, struct source *src, const char *name)
{
	struct err err;
	int r = source_stat(src, &err);

	if (r == 0 && S_ISDIR(src->st.st_mode)) {
		err = (struct err){ ESTALE, OVLCP_OP_SOURCE_REPLACED };
		r = -ESTALE;
	}
	r = r < 0 ? copy_emit_error(c, "", &err) : file_copy(c, src, name);
	source_close(src);
	return r;
}

/* Copy a file at once. 1: leave it for the walk. */
static int copy_opened(struct copy *c, struct source *src, const char *name)
{
	int r;

	if (source_open_file(src) < 0)
		return 1;
	r = copy_may_have_link_peer(c, src) ? 1 : file_copy(c, src, name);
	source_close(src);
	return r;
}

typedef int copy_one_fn(struct copy *c, struct source *src, const char *name);

static int copy_name(struct batch *b, struct copy *c, const char *name, copy_one_fn *copy_one)
{
	size_t len = c->path.len;
	struct source src = {
		.at_fd = b->src_fd,
		.name = name,
		.follow = plan_follows(c->opt, false),
	};
	int r = pathbuf_push(&c->path, name);

	if (r < 0)
		return copy_emit_error(c, "", &(struct err){ -r, OVLCP_OP_NONE });
	src.path = c->path.text;
	r = copy_one(c, &src, name);
	pathbuf_cut(&c->path, len);
	return r;
}

/* Copy all files of @names by @copy_one, with the session @o. */
static void copy_names(struct batch *b, struct ovlcp *o, const struct names *names,
		       copy_one_fn *copy_one)
{
	const char *name = names->text;
	struct copy c;
	int r = copy_init(&c, &(struct copy_args){ .o = o,
						   .events = &b->events.sink,
						   .q = b->q,
						   .path = b->path,
						   .dests = b->dests,
						   .depth = 1 });

	b->failed = b->failed ? b->failed : r;
	for (size_t i = 0; r == 0 && i < names->count; i++, name += strlen(name) + 1) {
		int one = session_is_cancelled(o) ? -ECANCELED : copy_name(b, &c, name, copy_one);

		if (one > 0)
			one = names_add(&b->left, name);
		b->failed = b->failed ? b->failed : one;
	}
	copy_done(&c);
}

static void run_batch(struct pool_task *t, struct ovlcp *o)
{
	struct batch *b = (struct batch *)t;

	copy_names(b, o, &b->names, copy_opened);
}

static int complete_batch(struct pool_task *t, struct event_sink *events)
{
	struct batch *b = (struct batch *)t;
	int r;

	event_queue_release(&b->events, events);
	if (b->left.count > 0)
		copy_names(b, b->o, &b->left, copy_left);
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

		if (dest_is_open(c, p) && !dest_lowest(p)->target.created)
			return false;
	}
	return true;
}

/* Make an empty batch for the directory that the walk is in. 0, or -errno. */
static int batch_new(const struct traverse *w, struct batch **ret_b)
{
	const struct copy *c = &w->copy;
	struct batch *b = calloc(1, sizeof(*b));
	int r;

	if (!b)
		return -ENOMEM;
	b->task = (struct pool_task){ .run = run_batch, .complete = complete_batch };
	b->o = c->o;
	b->q = c->q;
	event_queue_init(&b->events, c->o->cancelled);
	b->src_fd = sys_dup(dirstack_top(&w->dirs));
	b->path = strdup(c->path.text);
	r = b->src_fd < 0 ? b->src_fd : b->path ? 0 : -ENOMEM;
	if (r == 0)
		r = copy_dests_branch(c, &b->dests);
	if (r < 0)
		batch_free(b);
	else
		*ret_b = b;
	return r;
}

int batch_add(struct traverse *w, const char *name)
{
	int r = w->batch ? 0 : batch_new(w, &w->batch);

	if (r == 0)
		r = names_add(&w->batch->names, name);
	if (r == 0 && w->batch->names.count >= BATCH_MAX)
		batch_close(w);
	return r;
}

void batch_close(struct traverse *w)
{
	struct batch *b = w->batch;

	w->batch = NULL;
	if (b)
		pool_submit(&w->pool, &b->task);
}
