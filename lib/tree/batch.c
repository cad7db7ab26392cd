/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A batch is a task with a context of its own, whose root is one directory at the source and at
 * each destination, by duplicated descriptors. Only new directories are filled this way: they hold
 * nothing to ask about, to back up or to write through, and the order of files does not matter.
 *
 * Left over for the thread of the walk are files with several hard links, which need the records of
 * the whole copy, and files that cannot be opened or are not regular any more.
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

/* Maximum number of files in a batch; small, so that all threads end at about the same time. */
#define BATCH_MAX 32

/* The same of files that may be copied up: each takes as long as many copies. */
#define BATCH_MAX_COPY_UP 4

/* Maximum number of destinations, because every batch has descriptors for each. */
#define BATCH_DESTS_MAX 4

/* A list of names. */
struct names {
	/* the names, each with its NUL, one after the other; owned */
	char *text;
	/* bytes in use and bytes allocated */
	size_t len;
	size_t room;
	/* number of names */
	size_t count;
};

/* Files of one directory, and the results so far. */
struct batch {
	struct pool_task task;
	/* session of the walk; used by the walk's thread only */
	struct ovlcp *o;
	const struct copy_request *q;
	/* the directory at the source, and its path; owned */
	int src_fd;
	char *path;
	/* the directory at each destination; owned */
	struct dest *dests;
	struct names names;
	/* files for the walk's thread */
	struct names leftover;
	struct event_queue events;
	/* first error: 0 or -errno */
	int error;
};

/* Append a copy of @name. 0, or -ENOMEM. */
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
	free(b->leftover.text);
	free(b);
}

/* Copy a file that copy_or_leave has left, or emit why it cannot be copied. 0, or -errno. */
static int copy_leftover(struct copy *c, struct source *src, const char *name)
{
	struct err err;
	int r = source_stat(src, &err);

	if (r == 0 && S_ISDIR(src->st.st_mode)) {
		err = (struct err){ ESTALE, OVLCP_OP_SOURCE_REPLACED };
		r = -ESTALE;
	}
	r = r < 0 ? copy_emit_error(c, &err) : file_copy(c, src, name);
	source_close(src);
	return r;
}

/* Copy a file if it is regular and has one hard link. 0 or -errno; 1: it is left over. */
static int copy_or_leave(struct copy *c, struct source *src, const char *name)
{
	int r;

	if (source_open_file(src) < 0)
		return 1;
	r = copy_may_have_link_peer(c, src) ? 1 : file_copy(c, src, name);
	source_close(src);
	return r;
}

/* copy_or_leave or copy_leftover: 0 or -errno; 1 if the file is left over. */
typedef int copy_one_fn(struct copy *c, struct source *src, const char *name);

/* Keep @name, whose path is that of @c, for the walk's thread. 0, or -ENOMEM after an event. */
static int leave_over(struct batch *b, struct copy *c, const char *name)
{
	int r = names_add(&b->leftover, name);

	return r < 0 ? copy_emit_error(c, &(struct err){ -r, OVLCP_OP_NONE }) : 0;
}

/* Copy the file @name of the directory by @copy_one, or keep it if that leaves it over. 0, or
   -errno. */
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
		return copy_emit_error(c, &(struct err){ -r, OVLCP_OP_NONE });
	src.path = c->path.text;
	r = copy_one(c, &src, name);
	if (r > 0)
		r = leave_over(b, c, name);
	pathbuf_cut(&c->path, len);
	return r;
}

/* Copy all files of @names by @copy_one, with the session @o of the present thread. */
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

	b->error = b->error ? b->error : r;
	for (size_t i = 0; r == 0 && i < names->count; i++, name += strlen(name) + 1) {
		int one = session_is_cancelled(o) ? -ECANCELED : copy_name(b, &c, name, copy_one);

		b->error = b->error ? b->error : one;
	}
	copy_done(&c);
}

/* Copy the files of the batch; called by any thread. */
static void run_batch(struct pool_task *t, struct ovlcp *o)
{
	struct batch *b = (struct batch *)t;

	copy_names(b, o, &b->names, copy_or_leave);
}

/* Emit the events and copy what is left over; called by the walk's thread. */
static int complete_batch(struct pool_task *t, struct event_sink *events)
{
	struct batch *b = (struct batch *)t;
	int r = event_queue_release(&b->events, events);

	b->error = b->error ? b->error : r;
	if (b->leftover.count > 0)
		copy_names(b, b->o, &b->leftover, copy_leftover);
	r = b->error;
	batch_free(b);
	return r;
}

bool batch_is_possible(const struct copy_request *q)
{
	const struct ovlcp_options *opt = q->opt;

	return (opt->flags & OVLCP_RECURSIVE) && q->n <= BATCH_DESTS_MAX &&
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

/* Create an empty batch for the present directory. 0, or -errno. */
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
	event_queue_init(&b->events, c->o->cancelled, 0);
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
	const size_t most =
		w->copy.opt->copy_up == OVLCP_COPY_UP_ALWAYS ? BATCH_MAX_COPY_UP : BATCH_MAX;
	int r = w->batch ? 0 : batch_new(w, &w->batch);

	if (r == 0)
		r = names_add(&w->batch->names, name);
	if (r == 0 && w->batch->names.count >= most)
		batch_close(w);
	return r;
}

void batch_close(struct traverse *w)
{
	struct batch *b = w->batch;

	w->batch = NULL;
	if (!b)
		return;
	b->task.files = b->names.count;
	pool_submit(&w->pool, &b->task);
}
