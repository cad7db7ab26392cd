/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Directories of the source that the walk meets a second time, and those that the copy has made.
 */
#include "tree/cycle.h"

#include "base/fd.h"
#include "base/path.h"
#include "session/emit.h"
#include "sys/status.h"

#include <errno.h>
#include <string.h>

/* Where @q leads, to be freed; NULL when memory is short. */
static char *path_of(const struct target_request *q, const struct source *src)
{
	bool into = !q->name && (q->opt->flags & OVLCP_INTO_DIRECTORY);

	return into ? path_join_name(q->path, src->path) : strdup(q->path);
}

/* What the directory that holds @path is, relative to @base_fd. */
static int look_above(int base_fd, const char *path, struct stat *ret_st)
{
	struct path_parts p = path_split(path);
	CLEANUP_FREE char *dir = p.dir_len ? strndup(path, p.dir_len) : strdup(".");

	return dir ? sys_stat(base_fd, dir, true, ret_st) : -ENOMEM;
}

/* Whether @path, which is @name_fd's entry or goes from @base_fd, is one name in one directory with
   where the source went. */
static bool is_same_place(const struct copy *c, int name_fd, int base_fd, const char *path,
			  const struct copied_dest *seen)
{
	struct path_parts a = path_split(path);
	struct path_parts b = path_split(seen->path);
	struct stat here;
	struct stat there;

	return a.name_len == b.name_len &&
	       strncmp(path + a.dir_len, seen->path + b.dir_len, a.name_len) == 0 &&
	       (name_fd >= 0 ? sys_fstat(name_fd, &here) : look_above(base_fd, path, &here)) == 0 &&
	       look_above(c->q->dst_fd, seen->path, &there) == 0 && inode_same(&here, &there);
}

static bool is_where_it_went(const struct copy *c, const struct target_request *q, const char *path,
			     const struct copied_dest *seen)
{
	return is_same_place(c, q->name ? q->at_fd : -EBADF, c->q->dst_fd, path, seen);
}

static bool is_what_was_made(const struct copy *c, const struct source *src,
			     const struct copied_dest *seen)
{
	return is_same_place(c, src->from_caller ? -EBADF : src->at_fd, c->q->src_fd, src->path,
			     seen);
}

/* Once for each copy, and in terms of what was named, as cp. */
void emit_copy_into_self(struct copy *c, struct dest *p)
{
	CLEANUP_FREE char *top = p->path.text ? strndup(p->path.text, p->top_len) : NULL;

	if (!p->into_itself)
		report(c->o, &(struct ovlcp_event){ .type = OVLCP_EVENT_FAILED,
						    .src = c->q->src,
						    .dst = top,
						    .op = OVLCP_OP_INTO_ITSELF });
	p->into_itself = true;
}

int check_revisited_dir(struct copy *c, struct dest *p, const struct source *src,
			const struct copied_dest *seen, const struct target_request *q)
{
	CLEANUP_FREE char *path = path_of(q, src);
	struct ovlcp_event e = { .type = OVLCP_EVENT_FAILED,
				 .src = src->path,
				 .dst = path,
				 .other = seen->path,
				 .op = OVLCP_OP_DIRECTORY_LINK };
	int r = -EMLINK;

	/* what an earlier source of the call has become is its own source now */
	if ((seen->made && !is_reached_by_symlink(src)) || is_what_was_made(c, src, seen)) {
		emit_copy_into_self(c, p);
		return -EINVAL;
	} else if (path && is_where_it_went(c, q, path, seen)) {
		e.type = OVLCP_EVENT_SKIPPED;
		e.src = c->q->src;
		e.op = OVLCP_OP_DIRECTORY_REPEATED;
		r = 0;
	} else if (src->follow) {
		return 1;
	}
	report(c->o, &e);
	return r;
}
