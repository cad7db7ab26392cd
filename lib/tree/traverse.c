/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The loop of the walk: the next entry is copied, entered, or left to the pool.
 */
#include "tree/traverse.h"

#include "base/fd.h"
#include "base/inodeset.h"
#include "base/path.h"
#include "base/pathbuf.h"
#include "copy/dest.h"
#include "file/file.h"
#include "plan/file_kind.h"
#include "sys/process.h"
#include "sys/status.h"
#include "tree/batch.h"
#include "tree/directory.h"
#include "walk/dir_entries.h"
#include "walk/dirstack.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Whether this call had the source before; remembers it. 1, 0 or -errno. */
static int was_copied(struct copy *c, const struct source *src)
{
	struct path_parts p = path_split(src->name);
	char *dir = p.dir_len ? strndup(src->name, p.dir_len) : strdup(".");
	char *key = NULL;
	struct stat st;
	int r = dir ? sys_stat(src->at_fd, dir, true, &st) : -ENOMEM;

	if (r == 0 && asprintf(&key, "%" PRIuMAX ":%" PRIuMAX ":%.*s", (uintmax_t)st.st_dev,
			       (uintmax_t)st.st_ino, (int)p.name_len, src->name + p.dir_len) < 0)
		r = -ENOMEM;
	if (r == 0 && inodeset_has(&c->o->copied, &src->st, key))
		r = 1;
	else if (r == 0)
		r = inodeset_add(&c->o->copied, &src->st, key);
	if (key)
		free(key);
	free(dir);
	return r == -ENOENT ? 0 : r;
}

/*
 * What the directory calls a file is opened at once and looked at by its descriptor. Whatever goes
 * wrong is found again, and told, where it matters. 1 = yes; 0 = look first.
 */
static int try_open_file(struct copy *c, struct source *src)
{
	if (plan_file_kind(S_IFREG, c->opt) != KIND_DATA || c->is_dry)
		return 0;
	return source_open_file(src) == 0;
}

/* Look at a source that the caller named, and whether it is to be copied. 1 = yes. */
static int admit_source(struct copy *c, struct source *src, unsigned char type)
{
	struct err err;
	int r = type == DT_REG ? try_open_file(c, src) : 0;

	if (r > 0)
		return 1;
	r = source_stat(src, &err);
	if (r < 0)
		return copy_emit_error(c, "", &err);
	if (S_ISDIR(src->st.st_mode) && !(c->opt->flags & OVLCP_RECURSIVE))
		return copy_emit_error(c, "",
				       &(struct err){ EISDIR, OVLCP_OP_SOURCE_IS_DIRECTORY });
	if (!src->from_caller || !(c->opt->flags & OVLCP_SAME_CALL))
		return 1;
	r = was_copied(c, src);
	if (r < 0)
		return copy_emit_error(c, "", &(struct err){ -r, OVLCP_OP_STAT_SOURCE });
	if (r == 0 || S_ISDIR(src->st.st_mode) || c->opt->backup != OVLCP_BACKUP_NONE)
		return 1;
	(void)event_emit_error(c->events, OVLCP_EVENT_SKIPPED, src->path, "",
			       &(struct err){ 0, OVLCP_OP_SOURCE_REPEATED });
	return 0;
}

/* Copy one entry; of a directory, make and enter it. @name: in the directory, NULL at the top. */
static int copy_entry(struct traverse *w, const char *name, unsigned char type)
{
	struct copy *c = &w->copy;
	size_t len = c->path.len;
	size_t depth = c->depth;
	struct source src = {
		.at_fd = name ? dirstack_top(&w->dirs) : c->q->src_fd,
		.name = name ? name : c->q->src,
		.from_caller = !name,
		.follow = plan_follows(c->opt, !name),
	};
	int r = name ? pathbuf_push(&c->path, name) : 0;

	if (r < 0)
		return copy_emit_error(c, "", &(struct err){ -r, OVLCP_OP_NONE });
	src.path = c->path.text;
	r = admit_source(c, &src, type);
	if (r > 0)
		r = S_ISDIR(src.st.st_mode) ? dir_enter(w, &src, name, len)
					    : file_copy(c, &src, name);
	source_close(&src);
	if (c->depth == depth && name)
		pathbuf_cut(&c->path, len);
	return r;
}

/* Descriptors that are left to the walk itself and to the caller. */
#define OTHER_FDS (COPY_WINDOW * 2 + 64)
/* Most tasks that wait for their turn. */
#define TASKS ((size_t)24)

/* How many tasks there may be: each holds a descriptor for every side. */
static size_t task_limit(const struct copy *c)
{
	size_t limit = sys_fd_limit();
	size_t room = limit > OTHER_FDS ? (limit - OTHER_FDS) / (c->q->n + 1) : 0;

	return room < TASKS ? room : TASKS;
}

/* Whether the pool takes tasks; it is started when there is the first one. Without it all goes on
   as well. */
static bool has_pool(struct traverse *w)
{
	size_t tasks;

	if (pool_is_started(&w->pool))
		return true;
	tasks = task_limit(&w->copy);
	if (tasks < 2 || pool_start(&w->pool, w->jobs, tasks) < 0)
		w->jobs = 1;
	return w->jobs > 1;
}

/* Leave a file to the pool. Returns whether it was. */
static bool submit_file(struct traverse *w, const struct dir_entry *entry)
{
	if (w->jobs < 2 || entry->type != DT_REG || !batch_is_allowed(&w->copy))
		return false;
	return has_pool(w) && batch_add(w, entry->name) == 0;
}

/* What is written to something that exists may, by links, change what the pool is about to read;
   then it comes after that, as without threads. */
static void wait_for_pool(struct traverse *w, const struct dir_entry *entry)
{
	if (entry->type != DT_DIR && !batch_is_allowed(&w->copy))
		pool_wait(&w->pool);
}

/* One step of the walk: the next entry, or out of a directory that has none left. */
static int take_step(struct traverse *w)
{
	struct copy *c = &w->copy;
	struct dir_entries *entries = &w->levels[c->depth - 1].entries;
	struct dir_entry entry;
	int r = -ECANCELED;
	int left;

	if (!session_is_cancelled(c->o) && !c->source_lost) {
		r = dir_entries_next(entries, dirstack_top(&w->dirs), &entry);
		if (r > 0 && submit_file(w, &entry))
			return 0;
		if (r > 0) {
			wait_for_pool(w, &entry);
			return copy_entry(w, entry.name, entry.type);
		}
		if (r < 0)
			(void)copy_emit_error(c, "", &(struct err){ -r, OVLCP_OP_READ_DIRECTORY });
	}
	left = dir_leave(w);
	return r < 0 ? r : left;
}

static bool is_any_open(const struct copy *c)
{
	for (size_t i = 0; c->dests && i < c->q->n; i++)
		if (dest_is_open(c, &c->dests[i]))
			return true;
	return false;
}

/* Copy what was named, and all that is below it. 0, or the first -errno. */
static int walk_all(struct traverse *w)
{
	pool_set_error(&w->pool, copy_dests_init(&w->copy));
	if (is_any_open(&w->copy))
		pool_set_error(&w->pool, copy_entry(w, NULL, DT_UNKNOWN));
	while (w->copy.depth > 0) {
		pool_set_error(&w->pool, take_step(w));
		pool_flush_ready(&w->pool);
	}
	return pool_done(&w->pool);
}

int traverse_run(struct ovlcp *o, struct event_sink *events, const struct copy_request *q)
{
	struct traverse w = { .dirs.window = COPY_WINDOW,
			      .jobs = batch_is_possible(q) ? pool_jobs(q->opt->jobs) : 1 };
	int first;
	int r;

	if (session_is_cancelled(o))
		return -ECANCELED;	     /* a FIFO would be waited for */
	if (q->opt->flags & OVLCP_RECURSIVE) /* only files of trees are made by it */
		sys_identity(&o->uid, &o->gid);
	pool_init(&w.pool, o, events);
	r = copy_init(&w.copy, &(struct copy_args){
				       .o = o, .events = &w.pool.sink, .q = q, .path = q->src });
	if (r < 0)
		return r;
	first = walk_all(&w);
	r = copy_dests_done(&w.copy);
	if (!(q->opt->flags & OVLCP_SAME_CALL))
		inodeset_done(&o->would_exist);
	dirstack_done(&w.dirs);
	free(w.levels);
	copy_done(&w.copy);
	return first ? first : r;
}
