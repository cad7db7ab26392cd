/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The loop of the walk: copies the next entry, enters it, or leaves it to the pool.
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

/* Check whether this call has copied the source before, under the same name, and record it. 1 if
   so, 0 if not, or -errno. */
static int check_repeated(struct copy *c, const struct source *src)
{
	struct path_parts p = path_split(src->name);
	CLEANUP_FREE char *dir = path_directory(src->name);
	CLEANUP_FREE char *key = NULL;
	struct stat st;
	int r = dir ? sys_stat(src->at_fd, dir, true, &st) : -ENOMEM;

	if (r == 0 && asprintf(&key, "%" PRIuMAX ":%" PRIuMAX ":%.*s", (uintmax_t)st.st_dev,
			       (uintmax_t)st.st_ino, (int)p.name_len, src->name + p.dir_len) < 0)
		r = -ENOMEM;
	if (r == 0 && inodeset_has(&c->o->copied, &src->st, key))
		r = 1;
	else if (r == 0)
		r = inodeset_add(&c->o->copied, &src->st, key);
	return r == -ENOENT ? 0 : r;
}

/*
 * Open an entry of type DT_REG without source_stat before. 1 if it is open. 0 if not: source_stat
 * must follow, and an error is found and emitted there.
 */
static int try_open_file(struct copy *c, struct source *src)
{
	if (plan_file_kind(S_IFREG, c->opt) != KIND_DATA || c->is_dry)
		return 0;
	return source_open_file(src) == 0;
}

/* Stat or open a source, and check whether it can be copied. 1 if so; 0 if it is skipped; or
   -errno. The latter two were emitted. */
static int admit_source(struct copy *c, struct source *src, unsigned char type)
{
	struct err err;
	int r = type == DT_REG ? try_open_file(c, src) : 0;

	if (r > 0)
		return 1;
	r = source_stat(src, &err);
	if (r < 0)
		return copy_emit_error(c, &err);
	if (S_ISDIR(src->st.st_mode) && !(c->opt->flags & OVLCP_RECURSIVE))
		return copy_emit_error(c, &(struct err){ EISDIR, OVLCP_OP_SOURCE_IS_DIRECTORY });
	if (!src->from_caller || !(c->opt->flags & OVLCP_SAME_CALL))
		return 1;
	r = check_repeated(c, src);
	if (r < 0)
		return copy_emit_error(c, &(struct err){ -r, OVLCP_OP_STAT_SOURCE });
	if (r == 0 || S_ISDIR(src->st.st_mode) || c->opt->backup != OVLCP_BACKUP_NONE)
		return 1;
	(void)event_emit_error(c->events, OVLCP_EVENT_SKIPPED, src->path, "",
			       &(struct err){ 0, OVLCP_OP_SOURCE_REPEATED });
	return 0;
}

/* Copy one entry; create and enter it if it is a directory. @name: its name in the present
   directory; NULL at the top. 0, or -errno. */
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
		return copy_emit_error(c, &(struct err){ -r, OVLCP_OP_NONE });
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

/* Number of descriptors reserved for the walk itself and for the caller. */
#define OTHER_FDS (COPY_WINDOW * 2 + 64)
/* Maximum number of tasks in the pool. */
#define TASKS_MAX ((size_t)24)

/* Return the maximum number of tasks; each has a descriptor for the source and each destination. */
static size_t task_limit(const struct copy *c)
{
	size_t limit = sys_fd_limit();
	size_t room = limit > OTHER_FDS ? (limit - OTHER_FDS) / (c->q->n + 1) : 0;

	return room < TASKS_MAX ? room : TASKS_MAX;
}

/* Return the device of the first destination that the walk is in. */
static dev_t dest_dev(const struct copy *c)
{
	for (size_t i = 0; i < c->q->n; i++)
		if (dest_is_open(c, &c->dests[i]))
			return dest_lowest(&c->dests[i])->target.st.st_dev;
	return 0;
}

/* Start the pool unless it is started. Return whether it takes tasks; if not, the walk does all. */
static bool start_pool(struct traverse *w)
{
	size_t tasks;

	if (pool_is_started(&w->pool))
		return true;
	tasks = task_limit(&w->copy);
	if (tasks < 2 || pool_start(&w->pool, w->jobs, tasks) < 0)
		w->jobs = 1;
	else if (w->copy.opt->jobs == 0)
		pool_adapt(&w->pool, w->levels[w->copy.depth - 1].st.st_dev, dest_dev(&w->copy));
	return w->jobs > 1;
}

/* Leave a file to the pool, if that is allowed. Returns whether the pool has it. */
static bool submit_file(struct traverse *w, const struct dir_entry *entry)
{
	if (w->jobs < 2 || entry->type != DT_REG || !batch_is_allowed(&w->copy))
		return false;
	return start_pool(w) && batch_add(w, entry->name) == 0;
}

/* Wait for the pool before a file is copied into a directory that existed: it may overwrite,
   through a link, a file that the pool still reads. */
static void wait_for_pool(struct traverse *w, const struct dir_entry *entry)
{
	if (entry->type != DT_DIR && !batch_is_allowed(&w->copy))
		pool_wait(&w->pool);
}

/* Copy the next entry, or leave a directory that has none left. 0, or -errno. */
static int walk_step(struct traverse *w)
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
			dir_emit_unreadable(c, c->depth, r);
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

/* Copy the source and everything below it. 0, or the first -errno. */
static int walk_all(struct traverse *w)
{
	pool_set_error(&w->pool, copy_dests_init(&w->copy));
	if (is_any_open(&w->copy))
		pool_set_error(&w->pool, copy_entry(w, NULL, DT_UNKNOWN));
	while (w->copy.depth > 0) {
		pool_set_error(&w->pool, walk_step(w));
		pool_flush_ready(&w->pool);
	}
	return pool_done(&w->pool);
}

int traverse_run(struct ovlcp *o, struct event_sink *events, const struct copy_request *q)
{
	struct traverse w = { .dirs.window = copy_window(),
			      .jobs = batch_is_possible(q) ? pool_jobs(q->opt->jobs) : 1 };
	int first;
	int r;

	if (session_is_cancelled(o))
		return -ECANCELED;	     /* do not wait at a FIFO */
	if (q->opt->flags & OVLCP_RECURSIVE) /* used for files of trees only */
		sys_identity(&o->uid, &o->gid);
	pool_init(&w.pool, o, events);
	r = copy_init(&w.copy, &(struct copy_args){
				       .o = o, .events = &w.pool.sink, .q = q, .path = q->src });
	if (r < 0)
		return r;
	first = walk_all(&w);
	r = copy_dests_done(&w.copy);
	if (!(q->opt->flags & OVLCP_SAME_CALL))
		session_forget_dry_run(o);
	dirstack_done(&w.dirs);
	free(w.levels);
	copy_done(&w.copy);
	return first ? first : r;
}
