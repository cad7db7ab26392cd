/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * From the source that was named to the last entry of its tree.
 */
#include "copy/context.h"

#include "attr/attr.h"
#include "attr/xattr.h"
#include "base/fd.h"
#include "base/path.h"
#include "plan/file_kind.h"
#include "pool/pool.h"
#include "session/emit.h"
#include "sys/process.h"
#include "sys/status.h"
#include "tree/batch.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int emit_copy_error(const struct copy *c, const char *dst, const struct err *err)
{
	return event_emit_error(c->o, OVLCP_EVENT_FAILED, c->path.text, dst, err);
}

bool copy_is_dry(const struct copy *c)
{
	return c->opt->flags & OVLCP_DRY_RUN;
}

/* Attributes that could not be kept become events. */
struct loss {
	struct copy *c;
	const char *path;
};

static void tell_loss(const struct err *err, bool tolerated, void *payload)
{
	const struct loss *l = payload;

	(void)event_emit_error(l->c->o, tolerated ? OVLCP_EVENT_WARNING : OVLCP_EVENT_FAILED,
			       l->c->path.text, l->path, err);
}

static struct attr_job attributes(struct copy *c, struct target *t, const char *path, int src_fd,
				  const struct stat *src)
{
	bool umask = t->created && attr_needs_umask(src, c->opt);
	bool contexts = (c->opt->preserve & OVLCP_PRESERVE_CONTEXT) || c->opt->context ||
			(c->opt->flags & OVLCP_DEFAULT_CONTEXT);

	return (struct attr_job){
		.kind = t->kind,
		.src_fd = src_fd,
		.fd = t->fd,
		.src = src,
		.dst = &t->st,
		.created = t->created,
		.leading = t->leading,
		.opt = c->opt,
		.umask = umask ? session_umask(c->o) : 0,
		.contexts = contexts && session_has_contexts(c->o),
		.temporary = t->temporary,
		.inherits = t->inherits,
		.path = path,
	};
}

int copy_label(struct copy *c, struct target *t, const char *path, int src_fd,
	       const struct stat *src)
{
	struct attr_job a = attributes(c, t, path, src_fd, src);
	struct loss l = { c, path };

	return attr_label(&a, tell_loss, &l);
}

int copy_set_attrs(struct copy *c, struct target *t, const char *path, int src_fd,
		   const struct stat *src)
{
	struct attr_job a = attributes(c, t, path, src_fd, src);
	struct loss l = { c, path };

	return attr_apply(&a, tell_loss, &l);
}

int copy_record_created(struct copy *c, const struct target *t, const char *path, bool named)
{
	/* as cp: another name of an earlier copy is no file that this call has made */
	bool same_call = named && (c->opt->flags & OVLCP_SAME_CALL) && t->kind != KIND_LINK_TO_COPY;
	struct stat st;
	int r = c->q->n > 1 ? inodeset_add(&c->finished, &t->st, "") : 0;

	/* by the name that was used, which may be a link to what was written */
	if (r == 0 && same_call && sys_stat(t->dir_fd, t->name, false, &st) == 0)
		r = inodeset_add(&c->o->created, &st, path);
	return r < 0 ? emit_copy_error(c, path, &(struct err){ -r, OVLCP_OP_NONE }) : 0;
}

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
static int admit_file(struct copy *c, struct source *src)
{
	if (plan_file_kind(S_IFREG, c->opt) != KIND_DATA || copy_is_dry(c))
		return 0;
	return source_open_file(src) == 0;
}

/* Look at a source that the caller named, and whether it is to be copied. 1 = yes. */
static int admit(struct copy *c, struct source *src, unsigned char type)
{
	struct err err;
	int r = type == DT_REG ? admit_file(c, src) : 0;

	if (r > 0)
		return 1;
	r = source_stat(src, &err);
	if (r < 0)
		return emit_copy_error(c, "", &err);
	if (S_ISDIR(src->st.st_mode) && !(c->opt->flags & OVLCP_RECURSIVE))
		return emit_copy_error(c, "",
				       &(struct err){ EISDIR, OVLCP_OP_SOURCE_IS_DIRECTORY });
	if (!src->from_caller || !(c->opt->flags & OVLCP_SAME_CALL))
		return 1;
	r = was_copied(c, src);
	if (r < 0)
		return emit_copy_error(c, "", &(struct err){ -r, OVLCP_OP_STAT_SOURCE });
	if (r == 0 || S_ISDIR(src->st.st_mode) || c->opt->backup != OVLCP_BACKUP_NONE)
		return 1;
	(void)event_emit_error(c->o, OVLCP_EVENT_SKIPPED, src->path, "",
			       &(struct err){ 0, OVLCP_OP_SOURCE_REPEATED });
	return 0;
}

/* Copy one thing; of a directory, make and enter it. @name: in the directory, NULL at the top. */
static int copy_entry(struct copy *c, const char *name, unsigned char type)
{
	size_t len = c->path.len;
	size_t depth = c->dirs.depth;
	struct source src = {
		.at_fd = name ? dirstack_top(&c->dirs) : c->q->src_fd,
		.name = name ? name : c->q->src,
		.from_caller = !name,
		.follow = plan_follows(c->opt, !name),
	};
	int r = name ? pathbuf_push(&c->path, name) : pathbuf_set(&c->path, c->q->src);

	if (r < 0)
		return emit_copy_error(c, "", &(struct err){ -r, OVLCP_OP_NONE });
	src.path = c->path.text;
	r = admit(c, &src, type);
	if (r > 0)
		r = S_ISDIR(src.st.st_mode) ? tree_enter(c, &src, name, len)
					    : file_copy(c, &src, name);
	source_close(&src);
	if (c->dirs.depth == depth && name)
		pathbuf_cut(&c->path, len);
	return r;
}

/* Descriptors that are left to the walk itself and to whoever called. */
#define OTHER_FDS (COPY_WINDOW * 2 + 64)
/* Most tasks that wait for their turn. */
#define TASKS ((size_t)24)

/* How many tasks there may be: each holds a descriptor for every side. */
static size_t capacity(const struct copy *c)
{
	size_t limit = sys_fd_limit();
	size_t room = limit > OTHER_FDS ? (limit - OTHER_FDS) / (c->q->n + 1) : 0;

	return room < TASKS ? room : TASKS;
}

/* Get the threads, when there is work for them. Without any all goes on as well. */
static void get_crew(struct copy *c)
{
	size_t tasks = capacity(c);

	/* asked now, so that not every thread asks */
	(void)session_has_contexts(c->o);
	(void)session_umask(c->o);
	if (tasks < 2 || pool_new(c->o, c->jobs, tasks, &c->pool) < 0)
		c->jobs = 1;
}

/* Leave a file to the pool. Returns whether it was. */
static bool hand_over(struct copy *c, const struct dir_entry *entry)
{
	if (c->jobs < 2 || entry->type != DT_REG || !batch_is_allowed(c))
		return false;
	if (!c->pool)
		get_crew(c);
	return c->pool && batch_add(c, entry->name) == 0;
}

/* What is written to something that exists may, by links, change what the pool is about to read;
   then it comes after, as without a pool. */
static void wait_for_crew(struct copy *c, const struct dir_entry *entry)
{
	if (c->pool && entry->type != DT_DIR && !batch_is_allowed(c))
		pool_wait(c->pool);
}

/* One step of the walk: the next entry, or out of a directory that has none left. */
static int step(struct copy *c)
{
	struct level *l = &c->levels[c->dirs.depth - 1];
	struct dir_entry entry;
	int r = -ECANCELED;
	int left;

	if (!is_cancelled(c->o) && !c->lost) {
		r = dir_entries_next(&l->entries, dirstack_top(&c->dirs), &entry);
		if (r > 0 && hand_over(c, &entry))
			return 0;
		if (r > 0) {
			wait_for_crew(c, &entry);
			return copy_entry(c, entry.name, entry.type);
		}
		if (r < 0)
			(void)emit_copy_error(c, "", &(struct err){ -r, OVLCP_OP_READ_DIRECTORY });
	}
	left = tree_leave(c);
	return r < 0 ? r : left;
}

static bool is_any_open(const struct copy *c)
{
	for (size_t i = 0; c->dests && i < c->q->n; i++)
		if (dest_is_open(c, &c->dests[i]))
			return true;
	return false;
}

int copy_run(struct ovlcp *o, const struct copy_request *q)
{
	struct copy c = { .o = o,
			  .q = q,
			  .opt = q->opt,
			  .jobs = batch_is_possible(q) ? pool_jobs(q->opt->jobs) : 1 };
	int first;
	int r;

	if (is_cancelled(o))
		return -ECANCELED;	     /* a FIFO would be waited for */
	if (q->opt->flags & OVLCP_RECURSIVE) /* only files of trees are made by it */
		sys_identity(&o->uid, &o->gid);
	if (pathbuf_set(&c.path, q->src) < 0)
		return event_emit_error(o, OVLCP_EVENT_FAILED, q->src, "",
					&(struct err){ ENOMEM, OVLCP_OP_NONE });
	first = copy_dests_init(&c);
	r = is_any_open(&c) ? copy_entry(&c, NULL, DT_UNKNOWN) : 0;
	first = first ? first : r;
	while (tree_is_in(&c)) {
		r = step(&c);
		if (c.pool) {
			pool_set_error(c.pool, r);
			pool_flush_ready(c.pool);
		} else {
			first = first ? first : r;
		}
	}
	r = c.pool ? pool_free(c.pool) : 0;
	first = first ? first : r;
	r = copy_dests_done(&c);
	inodeset_done(&c.finished);
	if (!(q->opt->flags & OVLCP_SAME_CALL))
		inodeset_done(&o->would_exist);
	dirstack_done(&c.dirs);
	free(c.levels);
	pathbuf_done(&c.path);
	return first ? first : r;
}
